namespace Referrals.Engine.Network.Contracts;

/// <summary>A coded fact; exactly one of the values is set.</summary>
/// <param name="Name">Code of the fact as the chain declares it.</param>
/// <param name="Code">A code of the fact's list.</param>
/// <param name="Number">A whole number.</param>
/// <param name="YesNo">Yes or no.</param>
/// <param name="Month">A month, as its first day.</param>
public sealed record FactV1(Code Name, Code? Code = null, int? Number = null, bool? YesNo = null, DateOnly? Month = null);
