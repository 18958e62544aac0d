using System.Net;
using System.Text.Json;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests;

/// <summary>A chain of its own, referrals on its first version, and a second version that comes into force meanwhile.</summary>
internal sealed class MoveStory(ApiHost api, OrganisationId holder, ChainVersion first)
{
    public OrganisationId Holder { get; } = holder;

    public HttpClient Client { get; } = api.ClientOf(holder);

    public ChainId Chain => first.Id;

    public static async Task<MoveStory> BeginAsync(ApiHost api)
    {
        var holder = api.Organisation();
        var first = TestChain.Make($"chain-{holder}", "chain-office", 1);
        await api.PutInForceAsync(first);
        return new MoveStory(api, holder, first);
    }

    public async Task<Answer> StartAsync() => (await Client.Post(
        "/api/v1/referrals",
        JsonSerializer.Serialize(new
        {
            chain = Chain.Value,
            caseReference = "2026-0815",
            consent = new { form = "written", given = "2026-01-05", purpose = "family" },
            facts = new { children = 2 },
        }))).Is(HttpStatusCode.Created);

    /// <summary>Advice is no longer optional, and a course follows.</summary>
    public Task AddCourseAsync()
    {
        var children = ((ChainNode.Sequence)first.Root).Children;
        var advice = ((ChainNode.Optional)children[1]).Child;
        var course = ((ChainNode.Step)children[0]) with { Id = new NodeId("course"), Title = new LocalText("Kurs"), Service = "course" };
        return PutInForceAsync([children[0], advice, course]);
    }

    /// <summary>Care is no longer part of it.</summary>
    public Task DropCareAsync() => PutInForceAsync([((ChainNode.Sequence)first.Root).Children[1]]);

    public Task HearAsync(Answer referral, params PartnerSaid[] said) => Task.Run(async () =>
    {
        var assignment = referral.Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("assignment").GetGuid();
        for (var i = 0; i < said.Length; i++)
        {
            await api.HearAsync(Holder, new AssignmentId(assignment), i + 1, said[i]);
        }
    });

    private Task PutInForceAsync(IReadOnlyList<ChainNode> children) =>
        api.PutInForceAsync(first with { Version = 2, Root = ((ChainNode.Sequence)first.Root) with { Children = children } });
}
