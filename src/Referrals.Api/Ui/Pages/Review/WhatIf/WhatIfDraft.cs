using System.Globalization;
using System.Text.Json;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>A question as it is put together: it stands in the address and in the form, so that nothing of it is lost.</summary>
/// <param name="Chain">The chain that is looked at; empty: none chosen yet.</param>
/// <param name="Changes">What would be different, in order.</param>
/// <param name="Days">Working days that are simulated.</param>
public sealed record WhatIfDraft(string Chain, IReadOnlyList<Change> Changes, int Days)
{
    /// <summary>Field of the chain.</summary>
    public const string ChainField = "kette";

    /// <summary>Field of a change, several times.</summary>
    public const string ChangeField = "aenderung";

    /// <summary>Field of the time that is simulated.</summary>
    public const string DaysField = "dauer";

    /// <summary>The most changes of a question that is put together in pages: an address has an end.</summary>
    public const int Most = 12;

    private const int MostText = 2000;

    /// <summary>The lengths to choose from: half a year and a year.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [125, 250];

    /// <summary>Nothing yet.</summary>
    public static WhatIfDraft Empty { get; } = new("", [], Lengths[0]);

    /// <summary>As it stands in an address. What can't be read counts as not said.</summary>
    public static WhatIfDraft Read(IQueryCollection query) => Read(query[ChainField], query[ChangeField], query[DaysField]);

    /// <summary>As it stands in a form.</summary>
    public static WhatIfDraft Read(FormInput form) => Read(form[ChainField], form.All(ChangeField), form[DaysField]);

    /// <summary>The draft of what was asked before.</summary>
    public static WhatIfDraft Of(WhatIfQuestion question) =>
        new(question.Chains.Count > 0 ? question.Chains[0].Value : "", question.Changes, Lengths.Contains(question.Days) ? question.Days : Lengths[0]);

    /// <summary>What stands in the address and in hidden fields.</summary>
    public IEnumerable<(string Name, string? Value)> Fields =>
        [(ChainField, Chain), .. Changes.Select(c => (ChangeField, (string?)Write(c))), (DaysField, Days == Lengths[0] ? null : Days.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The form that goes on from here.</summary>
    public string Link(string? kind = null) => Links.With(Links.NewWhatIf, [.. Fields, (WhatIfForm.Kind, kind)]);

    /// <summary>Without one of the changes.</summary>
    public WhatIfDraft Without(int index) => this with { Changes = [.. Changes.Where((_, i) => i != index)] };

    /// <summary>What is asked.</summary>
    public WhatIfQuestion Question => new(Changes, Chain.Length > 0 ? [new(Chain)] : []) { Days = Days };

    /// <summary>What is asked, telling of the chain and then of those that share a partner with it, as what is changed for one changes them.</summary>
    public WhatIfQuestion QuestionOf(WhatIfBasis basis)
    {
        var partners = basis.Model.Chains.Where(c => c.Current.Id.Value == Chain).SelectMany(c => c.Current.Partners()).ToHashSet();
        return Question with { Chains = [.. Question.Chains, .. basis.Model.Chains.Select(c => c.Current).Where(c => c.Id.Value != Chain && c.Partners().Any(partners.Contains)).Select(c => c.Id)] };
    }

    /// <summary>A change as text.</summary>
    public static string Write(Change change) => JsonSerializer.Serialize(change, EventCodec.Json);

    private static WhatIfDraft Read(string? chain, IEnumerable<string?> changes, string? days) => new(
        Codes.IsCode(chain) ? chain! : "", [.. changes.Select(Change).OfType<Change>().Take(Most)],
        int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && Lengths.Contains(length) ? length : Lengths[0]);

    private static Change? Change(string? text)
    {
        try
        {
            return text is { Length: > 0 and <= MostText } ? JsonSerializer.Deserialize<Change>(text, EventCodec.Json) : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
