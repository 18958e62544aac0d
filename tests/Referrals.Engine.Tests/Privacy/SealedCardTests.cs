using System.Security.Cryptography;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Tests.Privacy;

/// <summary>What the server checks of keys and sealed cards.</summary>
public sealed class SealedCardTests
{
    private static readonly OrganisationId Kita = new("kita");
    private static readonly DateTimeOffset Now = new(2026, 9, 7, 8, 0, 0, TimeSpan.Zero);

    private static string NewKey() => NewKey(ECCurve.NamedCurves.nistP256);

    private static string NewKey(ECCurve curve)
    {
        using var key = ECDiffieHellman.Create(curve);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void A_fingerprint_is_that_of_one_key_on_the_curve()
    {
        var key = NewKey();
        var print = SealedCard.PrintOf(key)!;
        Assert.True(SealedCard.IsPrint(print));
        Assert.True(Codes.IsCode(print));
        Assert.Equal(print[1..9], SealedCard.Readable(print)[..9].Replace(" ", ""));
        Assert.NotEqual(print, SealedCard.PrintOf(NewKey()));
        Assert.Null(SealedCard.PrintOf(NewKey(ECCurve.NamedCurves.nistP384)));
        Assert.Null(SealedCard.PrintOf(key[..^4]));
        Assert.Null(SealedCard.PrintOf("AAAA"));
        Assert.Null(SealedCard.PrintOf("kein Schlüssel"));
        Assert.Null(SealedCard.PrintOf(null));
    }

    [Fact]
    public void A_private_key_is_not_taken()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(SealedCard.PrintOf(Convert.ToBase64String(pair.ExportPkcs8PrivateKey())));
    }

    [Fact]
    public void What_is_too_long_short_or_of_another_kind_is_no_sealed_card()
    {
        static string Of(int bytes, byte version = 1) => Convert.ToBase64String([version, .. new byte[bytes - 1]]);
        Assert.True(SealedCard.IsSealed(Of(1118)));
        Assert.False(SealedCard.IsSealed(Of(94)));
        Assert.False(SealedCard.IsSealed(Of(1118, version: 2)));
        Assert.False(SealedCard.IsSealed(Of(7000)));
        Assert.False(SealedCard.IsSealed("Erika Mustermann, 0170 1234567"));
    }

    [Fact]
    public void A_new_key_takes_the_place_of_the_old_one_and_a_revoked_one_has_none()
    {
        var (first, second) = (NewKey(), NewKey());
        var state = After(After(Registered(), new OrganisationCommand.PublishCardKey(first)), new OrganisationCommand.PublishCardKey(second));
        Assert.Equal(SealedCard.PrintOf(second), CardKey.Current(state.CardKeys)!.Id);
        Assert.Equal(OrganisationRefusal.CardKeyUsed, Refused(state, new OrganisationCommand.PublishCardKey(first)));
        Assert.Empty(Assert.IsType<OrganisationDecision.Happens>(Decide(state, new OrganisationCommand.PublishCardKey(second))).Events);
        var revoked = After(state, new OrganisationCommand.RevokeCardKey(SealedCard.PrintOf(second)!));
        Assert.Null(CardKey.Current(revoked.CardKeys));
        Assert.Equal(OrganisationRefusal.CardKeyUsed, Refused(revoked, new OrganisationCommand.PublishCardKey(second)));
        Assert.Equal(OrganisationRefusal.CardKeyNotFound, Refused(state, new OrganisationCommand.RevokeCardKey("k0")));
        Assert.Equal("card-key-invalid", Assert.Single(Refused(state, new OrganisationCommand.PublishCardKey("AAAA")).Faults).Code);
    }

    private static OrganisationState Registered() => new()
    {
        Id = Kita,
        RegisteredAt = Now,
        Profile = new OrganisationProfile { Name = "Kita", Kind = "daycare", Municipality = "Elbland", PolicyFields = ["childcare"], Roles = ["partner"] },
    };

    private static OrganisationDecision Decide(OrganisationState state, OrganisationCommand command) => OrganisationDecider.Decide(command, Kita, state, Now);

    private static OrganisationRefusal Refused(OrganisationState state, OrganisationCommand command) => Assert.IsType<OrganisationDecision.Refused>(Decide(state, command)).Refusal;

    private static OrganisationState After(OrganisationState state, OrganisationCommand command) =>
        Assert.IsType<OrganisationDecision.Happens>(Decide(state, command)).Events.Aggregate(state, OrganisationState.Evolve)!;
}
