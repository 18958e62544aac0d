using System.Globalization;
using System.Net;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>A referral of an organisation of its own, with a caseworker's browser and a program beside it.</summary>
internal sealed record Case(ApiHost Api, PageClient Browser, HttpClient Program, OrganisationId Holder, Guid Id, string Number)
{
    /// <summary>Today as a form's field takes it.</summary>
    public static string Today => WorkingCalendar.LocalDay(DateTimeOffset.UtcNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Path => $"/ueberleitungen/{Number}";

    public static async Task<Case> StartAsync(ApiHost api, string more = "")
    {
        var (program, holder, referral) = await ReferralTests.Start(api, more);
        return new Case(api, await api.SignedInAsync(holder), program, holder, referral.Json.GetProperty("id").GetGuid(), referral.Text("number"));
    }

    public Task<PageAnswer> Page() => Browser.Open(Path);

    /// <summary>Sends a form of a page of this referral.</summary>
    public Task<PageAnswer> Send(PageAnswer page, string act, params (string Name, string? Value)[] values) => Browser.Send(page, $"{Path}/{act}", values);

    /// <summary>Opens the page, sends one of its forms and follows to the page after it.</summary>
    public async Task<PageAnswer> Do(string act, params (string Name, string? Value)[] values)
    {
        var answer = (await Send((await Page()).Is(HttpStatusCode.OK), act, values)).Is(HttpStatusCode.SeeOther);
        return (await Browser.Follow(answer)).Is(HttpStatusCode.OK);
    }

    /// <summary>Does something by the API, as a colleague would.</summary>
    public async Task Meanwhile(string what, string body = "{}") => (await Program.Post($"/api/v1/referrals/{Id}/{what}", body)).Ok();

    /// <summary>The open assignment of a step.</summary>
    public async Task<AssignmentId> Assignment(string place = "care")
    {
        var referral = (await Program.Get($"/api/v1/referrals/{Id}")).Ok();
        return new AssignmentId(referral.Json.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("place").GetString() == place)
            .GetProperty("offers").EnumerateArray().Last().GetProperty("assignment").GetGuid());
    }

    /// <summary>What the partner says, in order.</summary>
    public async Task Hear(params PartnerSaid[] said)
    {
        var assignment = await Assignment();
        for (var i = 0; i < said.Length; i++)
        {
            await Api.HearAsync(Holder, assignment, i + 1, said[i]);
        }
    }

    /// <summary>The first step is completed; the referral waits for a decision about the optional one.</summary>
    public Task ToPart() => Hear(new PartnerSaid.Received(), new PartnerSaid.Accepted(), new PartnerSaid.Completed("helped", new Dictionary<string, FactValue>()));

    /// <summary>A question of the partner.</summary>
    public static PartnerSaid.Asked Question(string text, Guid? id = null) =>
        new(new QuestionId(id ?? Guid.NewGuid()), Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen(text)).Note);
}
