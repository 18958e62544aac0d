namespace Referrals.Api.Ui;

/// <summary>How the pages present themselves, from configuration (<c>Pages:…</c>). <c>docs/operations.md</c> has the table.</summary>
public sealed record PageSettings
{
    /// <summary>Name of the product in the header (<c>Pages:Name</c>).</summary>
    public string Name { get; init; } = "Kettenwerk";

    /// <summary>Text of the bar that marks sites of public administration (<c>Pages:Banner</c>); null: no bar.</summary>
    public string? Banner { get; init; }

    /// <summary>Who answers for the site: name and address, as lines (<c>Pages:Operator</c>).</summary>
    public string Operator { get; init; } = "";

    /// <summary>Where people write to about the site (<c>Pages:Contact</c>).</summary>
    public string Contact { get; init; } = "";

    /// <summary>Reads them.</summary>
    public static PageSettings From(IConfiguration configuration)
    {
        var defaults = new PageSettings();
        return new PageSettings
        {
            Name = configuration["Pages:Name"] ?? defaults.Name,
            Banner = configuration["Pages:Banner"] is { Length: > 0 } banner ? banner : null,
            Operator = configuration["Pages:Operator"] ?? defaults.Operator,
            Contact = configuration["Pages:Contact"] ?? defaults.Contact,
        };
    }
}
