namespace Referrals.Engine.Review.WhatIf.Changes;

/// <summary>Something that makes no sense in a scenario.</summary>
/// <param name="Path">Where in its JSON, such as <c>changes[0].partner</c>.</param>
/// <param name="Code">What kind of fault, for machines.</param>
/// <param name="Message">What is wrong and, where that helps, what would be right.</param>
public sealed record ScenarioFault(string Path, string Code, string Message);
