using System.Net;
using Referrals.Engine.Chains;

namespace Referrals.Api.Tests.Pages.Chains;

/// <summary>What a client signs or takes along, made from a chain.</summary>
public sealed class SheetPageTests(ApiHost api)
{
    [Theory]
    [InlineData("einwilligung", "Einwilligung")]
    [InlineData("information", "Informationsblatt")]
    [InlineData("schweigepflicht", "Entbindung von der Schweigepflicht")]
    [Covers("GET /ketten/{kette}/fassungen/{nummer}/einwilligung", PageCase.Works)]
    [Covers("GET /ketten/{kette}/fassungen/{nummer}/information", PageCase.Works)]
    [Covers("GET /ketten/{kette}/fassungen/{nummer}/schweigepflicht", PageCase.Works)]
    public async Task It_says_who_learns_what_and_has_no_field_to_type_in(string sheet, string title)
    {
        var (me, path) = await ChainAsync();
        var page = (await me.Open($"{path}/{sheet}")).Is(HttpStatusCode.OK);
        Assert.Equal(title, page.Heading);
        Assert.Empty(page.Document.QuerySelectorAll("article input, article textarea, article select, article form"));
        Assert.NotNull(page.Document.QuerySelector("button[data-print][hidden]"));
        var rows = page.Document.QuerySelectorAll("article tbody tr").Select(r => r.TextContent).ToList();
        Assert.Equal(sheet == "schweigepflicht" ? 1 : 2, rows.Count);
        Assert.Contains("eine von: care-one, care-two", rows[0], StringComparison.Ordinal);
        Assert.Contains("Kinder", rows[0], StringComparison.Ordinal);
        Assert.Contains("Betreuung ab", rows[0], StringComparison.Ordinal);
        (await me.Open($"{path[..^1]}9/{sheet}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_consent_form_says_what_it_means_and_leads_to_the_release()
    {
        var (me, path) = await ChainAsync();
        var page = (await me.Open($"{path}/einwilligung")).Is(HttpStatusCode.OK);
        foreach (var said in (string[])["Die Einwilligung ist freiwillig.", "jederzeit ohne Begründung", "auf einem eigenen Blatt: care.", "Unterschrift", "Gilt bis"])
        {
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        }

        var version = (await me.Open(path)).Is(HttpStatusCode.OK);
        Assert.All((string[])["einwilligung", "information", "schweigepflicht"], s => Assert.NotNull(version.Document.QuerySelector($"a[href='{path}/{s}']")));
    }

    [Fact]
    public async Task A_chain_without_secrecy_has_a_release_to_be_filled_in_by_hand()
    {
        var me = await api.SignedInAsync(api.Organisation());
        var page = (await me.Open($"/ketten/{ApiHost.Chain}/fassungen/1/schweigepflicht")).Is(HttpStatusCode.OK);
        Assert.Contains("von Hand ausfüllen", page.Text, StringComparison.Ordinal);
        Assert.Contains("Worüber gesprochen werden darf", page.Text, StringComparison.Ordinal);
    }

    private async Task<(PageClient Me, string Path)> ChainAsync()
    {
        var holder = api.Organisation();
        var plain = TestChain.Make($"chain-{holder}");
        var root = (ChainNode.Sequence)plain.Root;
        var chain = plain with { Root = root with { Children = [(ChainNode.Step)root.Children[0] with { Secrecy = true }, .. root.Children.Skip(1)] } };
        await api.PutInForceAsync(chain);
        return (await api.SignedInAsync(holder), $"/ketten/{chain.Id}/fassungen/1");
    }
}
