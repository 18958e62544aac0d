using Referrals.Engine;

namespace Referrals.Api.Ui;

public static partial class Links
{
    /// <summary>Where chains get stuck, in the whole.</summary>
    public const string Review = "/steuerung";

    /// <summary>What is stuck.</summary>
    public const string Stuck = Review + "/haengend";

    /// <summary>Partners by steps.</summary>
    public const string HeatTable = Review + "/waermetafel";

    /// <summary>Who went which way, and where it ended.</summary>
    public const string Flows = Review + "/wege";

    /// <summary>How it went over time.</summary>
    public const string Course = Review + "/verlauf";

    /// <summary>Loops, reroutes and repeats.</summary>
    public const string Loops = Review + "/schleifen";

    /// <summary>Two periods or two versions side by side.</summary>
    public const string Comparison = Review + "/vergleich";

    /// <summary>What to look at now.</summary>
    public const string Warnings = Review + "/fruehwarnung";

    /// <summary>The report to print.</summary>
    public const string Report = Review + "/bericht";

    /// <summary>What the group agreed to do.</summary>
    public const string Measures = Review + "/massnahmen";

    /// <summary>The form for a new measure.</summary>
    public const string NewMeasure = Measures + "/neu";

    /// <summary>Logs of other systems.</summary>
    public const string Logs = Review + "/protokolle";

    /// <summary>A log of another system.</summary>
    public static string Log(string name) => $"{Logs}/{Segment(name)}";

    /// <summary>A log as a file.</summary>
    public static string LogFile(string name, string format) => $"{Log(name)}/datei/{Segment(format)}";

    /// <summary>An uploaded table, of which somebody says which column means what.</summary>
    public static string LogColumns(string id) => $"{Logs}/spalten/{Segment(id)}";

    /// <summary>A chain's map.</summary>
    public static string ReviewChain(string chain) => $"{Review}/ketten/{Segment(chain)}";

    /// <summary>A step in detail. An activity of an imported log may have any name.</summary>
    public static string ReviewStep(string chain, string step) => $"{ReviewChain(chain)}/schritte/{Segment(step)}";

    /// <summary>A partner.</summary>
    public static string ReviewPartner(string partner) => $"{Review}/partner/{Segment(partner)}";

    /// <summary>A measure.</summary>
    public static string Measure(MeasureId id) => $"{Measures}/{id}";

    // A route's own parameter stays as it is written.
    private static string Segment(string value) => value is ['{', .., '}'] ? value : Uri.EscapeDataString(value);
}
