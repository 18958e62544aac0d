using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf.Changes;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>The fields of a change, and how they are read.</summary>
internal sealed class WhatIfForm(FormInput form, WhatIfChoices choices, Words words)
{
    public const string Kind = "art";
    public const string Step = "schritt";
    public const string Acknowledge = "bestaetigen";
    public const string Complete = "erledigen";
    public const string Place = "platz";
    public const string By = "um";
    public const string Partner = "partner";
    public const string Deed = "tat";
    public const string Mode = "weise";
    public const string Order = "folge";
    public const string Version = "stand";
    public const string Percent = "prozent";
    public const string Where = "wo";

    public const string Times = "zeiten";
    public const string Room = "plaetze";
    public const string Partners = "partner";
    public const string Offer = "angebot";
    public const string Sequence = "reihenfolge";
    public const string OtherVersion = "fassung";
    public const string Amount = "menge";

    public const string Add = "dazu";
    public const string Remove = "weg";
    public const string First = "zuerst";
    public const string Last = "zuletzt";
    public const string AllChains = "alle";

    private const int MostDays = 750;
    private const int MostPlaces = 1000;
    private const int MostPercent = 900;

    /// <summary>The kinds of change, in the order shown.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Room, Partners, Offer, Times, Sequence, Amount, OtherVersion];

    /// <summary>What can be done with a partner of a step.</summary>
    public static IReadOnlyList<string> Deeds { get; } = [Add, First, Last, Remove];

    /// <summary>The change that the fields say; null, and the form has its faults, when they say none.</summary>
    public Change? Read()
    {
        var change = form[Kind] switch
        {
            Times => ReadTimes(),
            Room => ReadRoom(),
            Partners => ReadPartners(),
            Offer => ReadOffer(),
            Sequence => choices.Order(form[Order]) ?? Missing(Order, "WhatIf.ChooseOrder"),
            OtherVersion => ReadVersion(),
            Amount => ReadAmount(),
            _ => Missing("", "WhatIf.ChooseKind"),
        };
        return form.IsValid ? change : null;
    }

    private Change.AgreedTimes? ReadTimes()
    {
        var (step, acknowledge, complete) = (StepOf(), Number(Acknowledge, 1, 60), Number(Complete, 1, MostDays));
        if (form.IsValid && acknowledge is null && complete is null)
        {
            form.Fault(Acknowledge, words["WhatIf.OneOfTheTimes"]);
        }

        return step is null ? null : new(choices.Chain, step.Id, acknowledge, complete);
    }

    private Change.Capacity? ReadRoom()
    {
        var known = choices.Places.Any(p => p.Value == form[Place]);
        if (!known)
        {
            form.Fault(Place, words["WhatIf.ChoosePlace"]);
        }

        var by = Number(By, -MostPlaces, MostPlaces);
        if (by is null or 0 && form.FaultOf(By) is null)
        {
            form.Fault(By, words["WhatIf.HowManyPlaces"]);
        }

        return known && form[Place].Split(WhatIfChoices.Between) is [var partner, var service] && by is { } number ? new(new(partner), service, By: number) : null;
    }

    private Change.Partners? ReadPartners()
    {
        var (step, partner) = (StepOf(), new OrganisationId(form[Partner]));
        if (choices.Partners.All(p => p.Value != partner.Value))
        {
            form.Fault(Partner, words["WhatIf.ChoosePartner"]);
        }

        if (!Deeds.Contains(form[Deed]))
        {
            form.Fault(Deed, words["WhatIf.ChooseDeed"]);
        }

        if (step is null || !form.IsValid)
        {
            return null;
        }

        var others = step.Partners.Where(p => p != partner).ToList();
        if (form[Deed] == Add == step.Partners.Contains(partner))
        {
            form.Fault(Partner, words[form[Deed] == Add ? "WhatIf.IsPartner" : "WhatIf.IsNoPartner"]);
        }
        else if (form[Deed] == Remove && others.Count == 0)
        {
            form.Fault(Partner, words["WhatIf.LastPartner"]);
        }

        return new(choices.Chain, step.Id, form[Deed] switch { Remove => others, First => [partner, .. others], _ => [.. others, partner] });
    }

    private Change.Offered? ReadOffer()
    {
        var step = StepOf();
        if (choices.Modes.All(m => m.Value != form[Mode]))
        {
            form.Fault(Mode, words["WhatIf.ChooseMode"]);
            return null;
        }

        return step is null ? null : new(choices.Chain, step.Id, Enum.GetValues<OfferMode>().Single(m => WhatIfChoices.CodeOf(m) == form[Mode]));
    }

    private Change? ReadVersion() => choices.Versions.Any(v => v.Value == form[Version])
        ? new Change.KnownVersion(choices.Chain, int.Parse(form[Version], CultureInfo.InvariantCulture))
        : Missing(Version, "WhatIf.ChooseVersion");

    private Change.Arrivals? ReadAmount()
    {
        var percent = Number(Percent, -100, MostPercent);
        if (percent is null or 0 && form.FaultOf(Percent) is null)
        {
            form.Fault(Percent, words["WhatIf.HowManyPercent"]);
        }

        return percent is { } by ? new(1 + (by / 100.0), form[Where] == AllChains ? null : choices.Chain) : null;
    }

    private ChainNode.Step? StepOf()
    {
        var step = choices.Step(form[Step]);
        if (step is null)
        {
            form.Fault(Step, words["WhatIf.ChooseStep"]);
        }

        return step;
    }

    // A minus sign may come as people and spreadsheets write it.
    private int? Number(string field, int least, int most)
    {
        var text = form[field].Replace('−', '-');
        if (text.Length == 0)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        form.Fault(field, words["WhatIf.WholeNumber", least, most]);
        return null;
    }

    private Change? Missing(string field, string key)
    {
        form.Fault(field, words[key]);
        return null;
    }
}
