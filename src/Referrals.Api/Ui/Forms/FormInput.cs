using System.Reflection;

namespace Referrals.Api.Ui.Forms;

/// <summary>What a person sent with a form: the values as typed, so that the page can show them again, and what is wrong with them.</summary>
public sealed class FormInput
{
    private readonly IFormCollection _form;
    private readonly List<FormFault> _faults = [];

    /// <summary>Reads nothing.</summary>
    public FormInput(IFormCollection? form = null) => _form = form ?? FormCollection.Empty;

    /// <summary>A form that nobody has sent yet, with these values.</summary>
    public static FormInput Of(params IEnumerable<(string Name, string? Value)> values) => new(new FormCollection(
        values.GroupBy(v => v.Name).ToDictionary(g => g.Key, g => new Microsoft.Extensions.Primitives.StringValues([.. g.Select(v => v.Value ?? "")]))));

    /// <summary>The value of a field without space around it; empty when there is none.</summary>
    public string this[string field] => _form[field].ToString().Trim();

    /// <summary>The value of a field exactly as typed: of a password every space counts.</summary>
    public string Secret(string field) => _form[field].ToString();

    /// <summary>All values of a field that can be sent several times, such as check boxes.</summary>
    public IReadOnlyList<string> All(string field) => [.. _form[field].OfType<string>().Where(v => v.Length > 0)];

    /// <summary>Names of the fields that were sent, except the token against forgery.</summary>
    public IEnumerable<string> Fields => _form.Keys.Where(k => k != PageForm.Token);

    /// <summary>Whether a field was sent with this value.</summary>
    public bool Holds(string field, string value) => _form[field].Contains(value);

    /// <summary>What is wrong, in the order of the page.</summary>
    public IReadOnlyList<FormFault> Faults => _faults;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => _faults.Count == 0;

    /// <summary>The version of what the form is about that the person saw, or null.</summary>
    public long? Version => long.TryParse(this[PageForm.Version], out var version) ? version : null;

    /// <summary>Notes that something is wrong with a field; an empty field name means the form as a whole.</summary>
    public FormInput Fault(string field, string message)
    {
        _faults.Add(new FormFault(field, message));
        return this;
    }

    /// <summary>What is wrong with a field, or null.</summary>
    public string? FaultOf(string field) => _faults.FirstOrDefault(f => f.Field == field)?.Message;

    /// <summary>Reads the form of a request.</summary>
    public static async ValueTask<FormInput?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null);
}

/// <summary>What is wrong with a field, in words for the person.</summary>
public sealed record FormFault(string Field, string Message);

/// <summary>Fields that forms have beside their own.</summary>
public static class PageForm
{
    /// <summary>The token against forgery.</summary>
    public const string Token = "__RequestVerificationToken";

    /// <summary>The version of what the form is about that the person saw.</summary>
    public const string Version = "fassung";

    /// <summary>Where to go afterwards.</summary>
    public const string Back = "zurueck";

    /// <summary>The id of a field's input, that an error summary links to.</summary>
    public static string Id(string field) => "f-" + field;
}
