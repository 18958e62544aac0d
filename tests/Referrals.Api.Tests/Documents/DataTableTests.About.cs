namespace Referrals.Api.Tests.Documents;

public sealed partial class DataTableTests
{
    private const string Client = "client";
    private const string Worker = "worker";
    private const string Firm = "organisation";
    private const string Case = "client (course)";

    /// <summary>Whose a field is and what it says: by its name, or by event and name where the same name means another thing.</summary>
    private static readonly Dictionary<string, (string Whose, string What)> About = new(StringComparer.Ordinal)
    {
        ["acknowledgeBy"] = (Case, "by when a person is to have seen the offer"),
        ["again"] = (Case, "places that run once more"),
        ["round_ended.again"] = (Case, "whether another round follows"),
        ["assignment"] = (Case, "random handle of one offer"),
        ["at"] = (Case, "when it happened"),
        ["branch"] = (Case, "branch taken, by conditions over facts"),
        ["branches"] = (Case, "branches taken, renumbered"),
        ["byRule"] = (Case, "whether the rule or a person left the step out"),
        ["caseReference"] = (Client, "the holder's own reference, screened"),
        ["caseworker"] = (Worker, "sign-in name of who started it"),
        ["chain"] = (Case, "code of the chain"),
        ["chainVersion"] = (Case, "version of the chain"),
        ["completeBy"] = (Case, "by when it is to be completed"),
        ["completeWithin"] = (Case, "working days agreed, by assignment"),
        ["consent"] = (Client, "form, day given, code of the purpose, until, steps covered"),
        ["contentHash"] = (Firm, "hash of the chain's content"),
        ["coordinator"] = (Firm, "who is told of a missed time"),
        ["deadline"] = (Case, "which time was missed"),
        ["facts"] = (Client, "coded facts as the chain declares them: codes, whole numbers, yes or no, months"),
        ["from"] = (Case, "version before"),
        ["ground"] = (Client, "code of the ground of the law on which it went on without a consent"),
        ["holder"] = (Firm, "who holds the case"),
        ["included"] = (Case, "whether an optional part is done"),
        ["issue"] = (Case, "counts the codes with which the client is handed over, or the contact cards, by assignment"),
        ["key"] = (Firm, "fingerprint of the partner's public key to which a contact card was sealed"),
        ["left"] = (Case, "places that the other version doesn't have"),
        ["missedAt"] = (Case, "when the time ended"),
        ["note"] = (Client, "screened words"),
        ["number"] = (Case, "counts messages of one assignment"),
        ["offeredAt"] = (Case, "when it was offered"),
        ["outcome"] = (Client, "coded outcome"),
        ["partner"] = (Firm, "who is asked or works"),
        ["partners"] = (Case, "partners chosen at the start, by step"),
        ["parts"] = (Case, "optional parts decided at the start"),
        ["place"] = (Case, "where in the chain"),
        ["proof"] = (Case, "derived from a random code on a slip that names nobody; the code is kept nowhere"),
        ["question"] = (Case, "random id of a question"),
        ["reason"] = (Case, "coded reason"),
        ["consent_overridden.reason"] = (Client, "screened words"),
        ["referral"] = (Case, "id of the referral, random or from the idempotency key; stays with the holder"),
        ["release"] = (Client, "release from secrecy: form, day given, until, steps covered"),
        ["reminder"] = (Case, "of what was reminded"),
        ["reported"] = (Client, "what the sender is told of the outcome"),
        ["round"] = (Case, "number of the round"),
        ["sender"] = (Firm, "who offered it"),
        ["step"] = (Case, "code of the step"),
        ["steps"] = (Client, "steps for which the consent or the release was withdrawn, or that went on without a consent"),
        ["text"] = (Client, "screened words: a question or an answer"),
        ["to"] = (Firm, "the partner that it goes to now"),
        ["until"] = (Client, "last day of the consent or the release, or on which a code counts or a contact card can be opened"),
        ["moved_to_version.to"] = (Case, "version from here on"),
        ["caseworker_changed.to"] = (Worker, "sign-in name of who looks after it"),
        ["assignment_assigned.to"] = (Worker, "sign-in name of who looks after it"),
    };
}
