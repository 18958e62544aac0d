using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Tests.Pages;

/// <summary>A partner organisation of its own with people who work in the pages, and assignments that arrive there.</summary>
public sealed class PartnerDesk
{
    private readonly WebApplicationFactory<ApiSettings> _app;
    private readonly ApiHost _api;
    private ChainVersion? _chain;

    private PartnerDesk(ApiHost api, WebApplicationFactory<ApiSettings> app, OrganisationId organisation, string login) =>
        (_api, _app, Organisation, Login, Me) = (api, app, organisation, login, app.Browser());

    public OrganisationId Organisation { get; }

    /// <summary>The sign-in name of <see cref="Me"/>.</summary>
    public string Login { get; }

    /// <summary>A person of the organisation, signed in, with the role of partners.</summary>
    public PageClient Me { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AssignmentService Assignments => _app.Services.GetRequiredService<AssignmentService>();

    /// <summary>A desk of an organisation that no other test uses.</summary>
    public static async Task<PartnerDesk> OpenAsync(ApiHost api, WebApplicationFactory<ApiSettings>? app = null)
    {
        var organisation = api.Organisation("desk");
        var desk = new PartnerDesk(api, app ?? api.App, organisation, await api.PersonAsync(organisation, "Lena Lehmann", roles: NetworkRoles.Partner));
        (await desk.Me.SignInAsync(desk.Login)).Is(HttpStatusCode.SeeOther);
        return desk;
    }

    /// <summary>Somebody else who is signed in for this organisation.</summary>
    public Task<PageClient> PersonAsync(params string[] roles) => _api.SignedInAsync(Organisation, roles);

    /// <summary>An assignment that arrives; its number.</summary>
    public async Task<string> ReceiveAsync(DateTimeOffset? acknowledgeBy = null, string? note = null, Feedback feedback = Feedback.OutcomeAndFacts, string sender = "sender")
    {
        var id = new AssignmentId(Guid.NewGuid());
        var now = _app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var chain = await ChainAsync(feedback);
        var receive = new AssignmentCommand.Receive(
            id, new OrganisationId(sender), Organisation, chain.Id, 1, TestChain.Care, now, acknowledgeBy ?? now.AddDays(3),
            new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2) }, note is null ? null : Note(note));
        Assert.IsType<AssignmentOutcome.Done>(await Assignments.HearAsync(new Actor("exchange", Organisation), id, receive, Guid.NewGuid(), Ct));
        return (await Assignments.NumberAsync(Organisation, id, Ct)).ToString()!;
    }

    /// <summary>A message of the sender arrives.</summary>
    public async Task HearAsync(string number, AssignmentCommand command) =>
        Assert.IsType<AssignmentOutcome.Done>(await Assignments.HearAsync(new Actor("exchange", Organisation), await IdAsync(number), command, Guid.NewGuid(), Ct));

    /// <summary>The proof of a code arrives; the code.</summary>
    public async Task<HandoverCode> HandoverAsync(string number, int issue = 1, DateTimeOffset? until = null)
    {
        var code = HandoverCode.New();
        var proof = HandoverProof.Of(HandoverProof.Key(code, Organisation), await IdAsync(number));
        await HearAsync(number, new AssignmentCommand.ReceiveHandover(issue, proof, until ?? _app.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(14)));
        return code;
    }

    /// <summary>Somebody does something with it elsewhere.</summary>
    public async Task DoAsync(string number, AssignmentCommand command, string by = "kern") =>
        Assert.IsType<AssignmentOutcome.Done>(await Assignments.DoAsync(new Actor(by, Organisation), await IdAsync(number), command, null, Ct));

    /// <summary>Where it stands.</summary>
    public async Task<AssignmentState> StateAsync(string number) => (await Assignments.FindAsync(Organisation, await IdAsync(number), Ct))!.State;

    public static Note Note(string text) => Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen(text)).Note;

    private async Task<AssignmentId> IdAsync(string number) =>
        Assert.NotNull(await Assignments.FindByNumberAsync(Organisation, CaseNumber.TryParse(number, out var parsed) ? parsed : default, Ct));

    private async Task<ChainVersion> ChainAsync(Feedback feedback)
    {
        if (_chain is null)
        {
            var made = TestChain.Make($"chain-of-{Organisation}", carers: Organisation.Value);
            var root = (ChainNode.Sequence)made.Root;
            var care = (ChainNode.Step)root.Children[0] with { Feedback = feedback, ReturnFacts = feedback == Feedback.TookPlace ? [] : ["care-from"] };
            _chain = made with { Root = root with { Children = [care, .. root.Children.Skip(1)] } };
            await _api.PutInForceAsync(_chain);
        }

        return _chain;
    }
}
