using System.Globalization;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;

namespace Referrals.Api.Ui;

/// <summary>What sentences about chains call organisations and services.</summary>
public static class ChainNaming
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The names of this directory.</summary>
    public static ChainNames ChainNames(this NetworkDirectory directory) => new(directory.NameOf, Service);

    private static LocalText Service(string code) =>
        new(Words.FindIn($"Network.Service.{code}", German) ?? code, Words.FindIn($"Network.Service.{code}", English) ?? code);
}
