using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Network.Operations;

namespace Referrals.Engine.Tests.Network.Operations;

public sealed class OperationTests
{
    private static readonly OrganisationId Own = new("north");
    private static readonly Actor Admin = new("frau.muster", Own);

    private readonly MemoryEventLog _log = new(EngineEvents.Codec);
    private readonly FakeTimeProvider _time = new(Samples.Now);
    private readonly OperationService _service;

    public OperationTests() => _service = new(_log, _time);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_escalation_is_handled_once_and_who_did_it_is_kept()
    {
        var id = Guid.NewGuid();
        var escalation = new EscalationV1(
            new Code("jobcenter"), new Code("north"), id, new Code("arbeit-mit-kind"), 1, new Code("childcare"), new Code("kita"),
            new Code("acknowledge"), Samples.Now, Samples.Now);
        await PutAsync(Escalations.Row(escalation, id));

        var row = Done(await _service.HandleEscalationAsync(Admin, id, Ct))!;
        Assert.Equal((Escalations.Handled, "frau.muster", Samples.Now), (row.Status, Escalations.Read(row).HandledBy, Escalations.Read(row).HandledAt));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(row, Done(await _service.HandleEscalationAsync(new Actor("herr.muster", Own), id, Ct)));
        var happened = Assert.Single(await EventsAsync(Escalations.List, id));
        Assert.Equal("frau.muster", happened.Context.User);
        Assert.Equal(OperationRefusal.EscalationNotFound, Refusal(await _service.HandleEscalationAsync(new Actor("x", new("south")), id, Ct)));
    }

    [Fact]
    public async Task What_was_sent_and_given_up_is_sent_again_at_once()
    {
        var id = Guid.NewGuid();
        await PutAsync(DeadLetters.Row(Own, Received("north", "jobcenter"), id, "no-receipt", Samples.Now, sequence: 41));

        Assert.Null(Done(await _service.RedeliverAsync(Admin, id, Ct)));
        Assert.Null(await _log.FindRowAsync("north", DeadLetters.List, id, Ct));
        Assert.Equal([new Delivery("north", id, 41, 0)], await _log.TakeUnconfirmedAsync(Samples.Now, TimeSpan.FromMinutes(1), 10, Ct));
        Assert.Equal(OperationRefusal.LetterNotFound, Refusal(await _service.RedeliverAsync(Admin, id, Ct)));
        Assert.IsType<OperationEvent.LetterRedelivered>(Assert.Single(await EventsAsync(DeadLetters.List, id)).Data);
    }

    [Fact]
    public async Task What_came_in_is_asked_for_once_and_due_at_once()
    {
        var id = Guid.NewGuid();
        await PutAsync(DeadLetters.Row(Own, Received("kita", "north"), id, RejectionReasons.DoesNotFit, Samples.Now));

        var asked = DeadLetters.Read(Done(await _service.RedeliverAsync(Admin, id, Ct))!);
        Assert.Equal(Samples.Now, asked.RedeliveryAskedAt);
        Done(await _service.RedeliverAsync(Admin, id, Ct));
        Assert.Single(await EventsAsync(DeadLetters.List, id));
        var due = Assert.Single(await _log.TakeDueAsync(Samples.Now, TimeSpan.FromSeconds(1), 10, Ct));
        Assert.Equal(OperationState.Stream(Own, DeadLetters.List, id), due.Stream);

        Assert.Null(Done(await _service.DiscardAsync(Admin, id, Ct)));
        Assert.Empty(await _log.TakeDueAsync(Samples.Now.AddHours(1), TimeSpan.FromSeconds(1), 10, Ct));
        Assert.Equal(2, (await EventsAsync(DeadLetters.List, id)).Count);
    }

    [Fact]
    public async Task What_could_not_be_read_or_was_for_somebody_else_is_refused_but_can_be_thrown_away()
    {
        var (unreadable, misled) = (Guid.NewGuid(), Guid.NewGuid());
        await PutAsync(DeadLetters.UnreadableRow(Own, "unknown", unreadable, Samples.Now));
        await PutAsync(DeadLetters.Row(Own, Received("kita", "south"), misled, RejectionReasons.WrongTenant, Samples.Now));

        Assert.Equal(OperationRefusal.NotRedeliverable, Refusal(await _service.RedeliverAsync(Admin, unreadable, Ct)));
        Assert.Equal(OperationRefusal.NotRedeliverable, Refusal(await _service.RedeliverAsync(Admin, misled, Ct)));
        Done(await _service.DiscardAsync(Admin, misled, Ct));
        Assert.Null(await _log.FindRowAsync("north", DeadLetters.List, misled, Ct));
        Assert.Equal(OperationRefusal.LetterNotFound, Refusal(await _service.DiscardAsync(Admin, misled, Ct)));
    }

    [Fact]
    public void A_line_from_before_is_read_as_ever()
    {
        var old = JsonSerializer.Deserialize<DeadLetter>(
            """{"id":"c7a3c0de-7a52-4c36-8c1c-1f7f4a2b9e54","type":"OfferV1","reason":"failed","at":"2026-09-14T08:30:00+00:00"}""", EventCodec.Json)!;
        Assert.Equal((null, null, null), (old.Sequence, old.RedeliveryAskedAt, old.From));
    }

    private static ReceivedV1 Received(string from, string to) => new(new Code(from), new Code(to), Guid.NewGuid(), 1, Samples.Now);

    private static ListRow? Done(OperationOutcome outcome) => Assert.IsType<OperationOutcome.Done>(outcome).Row;

    private static OperationRefusal Refusal(OperationOutcome outcome) => Assert.IsType<OperationOutcome.Refused>(outcome).Refusal;

    private Task<AppendResult> PutAsync(ListRow row) => _log.AppendAsync(new Append(new Actor("network", Own).At(Samples.Now), [], [new RowChange.PutListRow(row)]), Ct);

    private Task<IReadOnlyList<RecordedEvent>> EventsAsync(string list, Guid id) => _log.ReadStreamAsync(OperationState.Stream(Own, list, id), 0, Ct);
}
