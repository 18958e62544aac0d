using System.Text;
using System.Text.Json;

namespace Referrals.Engine.Review.Logs;

/// <summary>Small pieces of OCEL's JSON; whatever stands in the wrong place is passed over.</summary>
internal static class OcelJson
{
    /// <summary>The text, number or truth value of the property at hand; nothing if it is something else.</summary>
    public static string Text(ref Utf8JsonReader json)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return json.GetString()!;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return Encoding.UTF8.GetString(json.ValueSpan);
            default:
                json.Skip();
                return "";
        }
    }

    /// <summary>Reads a list of objects with two texts each, the second of which may be missing.</summary>
    public static void Pairs(ref Utf8JsonReader json, string first, string second, Action<string, string> take)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var (one, two) = ("", "");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals(first))
                {
                    one = Text(ref json);
                }
                else if (json.ValueTextEquals(second))
                {
                    two = Text(ref json);
                }
                else
                {
                    json.Read();
                    json.Skip();
                }
            }

            take(one, two);
        }
    }
}
