namespace Referrals.Engine.Chains.Elsa;

/// <summary>The names that Elsa 3 knows, all case-sensitive, and ours in the properties that it leaves to others.</summary>
internal static class ElsaNames
{
    public const string Flowchart = "Elsa.Flowchart";
    public const string Sequence = "Elsa.Sequence";
    public const string Start = "Elsa.Start";
    public const string End = "Elsa.End";
    public const string RunTask = "Elsa.RunTask";
    public const string SetVariable = "Elsa.SetVariable";
    public const string Decision = "Elsa.FlowDecision";
    public const string Switch = "Elsa.FlowSwitch";
    public const string Fork = "Elsa.FlowFork";
    public const string Join = "Elsa.FlowJoin";
    public const string While = "Elsa.While";

    public const string Done = "Done";
    public const string True = "True";
    public const string False = "False";
    public const string Default = "Default";

    /// <summary>Goes on when all branches have arrived.</summary>
    public const string WaitAll = "WaitAll";

    /// <summary>Goes on when all branches that were entered have arrived.</summary>
    public const string WaitAllActive = "WaitAllActive";

    /// <summary>The property that holds the chain as JSON text; text, because a stock server reads no more than 64 levels.</summary>
    public const string Chain = "referralsChain";

    /// <summary>The property that tells what an activity is for: <see cref="Helper"/>, or the id of the choice that it belongs to.</summary>
    public const string Role = "referralsRole";

    /// <summary>An activity that only fetches or sets a value.</summary>
    public const string Helper = "helper";

    /// <summary>Task that answers whether a condition holds.</summary>
    public const string AskCondition = "referrals.condition";

    /// <summary>Task that answers whether an optional part is included.</summary>
    public const string AskInclude = "referrals.include";

    /// <summary>Task that answers whether there is another round.</summary>
    public const string AskAgain = "referrals.again";
}
