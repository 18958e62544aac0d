using Referrals.Engine.Chains;

namespace Referrals.Api.Ui;

/// <summary>Words for the codes that a network chooses itself. A code that has none here is shown as it is.</summary>
public static class NetworkWords
{
    /// <summary>Codes of services that have words, in no order.</summary>
    public static IReadOnlyList<string> Services { get; } =
    [
        "childcare", "childminding", "debt-counselling", "family-counselling", "legal-advice", "addiction-counselling", "case-management",
        "health-check", "health-course", "medical-clarification", "early-support", "competence-assessment", "training-course",
        "part-time-apprenticeship", "placement-support", "psychosocial-care", "housing-help", "benefit-advice", "mobility-help", "mentoring",
        "youth-welfare",
    ];

    /// <summary>Codes of the policy fields that have words, in the order shown.</summary>
    public static IReadOnlyList<string> PolicyFields { get; } = ["work", "further-training", "social-services", "health"];

    /// <summary>Codes of the units that free capacity is counted in, in the order shown.</summary>
    public static IReadOnlyList<string> Units { get; } = ["places", "places-per-month", "appointments-per-month", "hours-per-week"];

    /// <summary>Codes of kinds of organisations that have words, in no order.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "jobcenter", "development-company", "project-agency", "county-social-office", "county-health-office", "county-youth-office",
        "childcare-office", "childminding-agency", "family-counselling", "legal-advice", "debt-counselling", "addiction-counselling",
        "doctors-network", "case-management", "health-centre", "welfare-association", "fitness-centre", "healthy-children-network",
        "training-company", "regional-project", "womens-centre",
    ];

    /// <summary>A service.</summary>
    public static string Service(this Words words, string code) => words.Find($"Network.Service.{code}") ?? code;

    /// <summary>A policy field.</summary>
    public static string PolicyField(this Words words, string code) => words.Find($"Network.Field.{code}") ?? code;

    /// <summary>A kind of organisation.</summary>
    public static string Kind(this Words words, string code) => words.Find($"Network.Kind.{code}") ?? code;

    /// <summary>A unit of capacity, for reading after a number.</summary>
    public static string Unit(this Words words, string code) => words.Find($"Network.Unit.{code}") ?? code;

    /// <summary>The title of a step; the service where it has none.</summary>
    public static string StepTitle(this Words words, ChainNode.Step step) => step.Title is { } title ? Words.Of(title) : words.Service(step.Service);
}
