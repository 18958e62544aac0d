using System.Net;
using System.Text;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Api.Tests;

public sealed class ChainFileTests(ApiHost api)
{
    [Fact]
    public async Task A_version_is_had_as_a_file_and_read_from_it()
    {
        var coordinator = api.Organisation("coordinator");
        var chain = TestChain.Make($"chain-{coordinator}", coordinator.Value, 1, api.Organisation("carer").Value);
        var client = api.ClientOf(coordinator);
        var path = $"/api/v1/chains/{chain.Id}";
        (await client.Post(path + "/proposals", ChainJson.Write(chain))).Is(HttpStatusCode.Created);

        foreach (var (name, format) in new[] { ("bpmn", ChainFormat.Bpmn), ("elsa", ChainFormat.Elsa) })
        {
            var file = await client.GetAsync(new Uri($"{path}/versions/1/{name}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(ChainFormats.MediaType(format), file.Content.Headers.ContentType?.ToString());
            Assert.Equal(ChainFormats.FileName(chain, format), file.Content.Headers.ContentDisposition?.FileName);
            var content = await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            var import = (await client.Post("/api/v1/chain-imports", Encoding.UTF8.GetString(content))).Ok().Json;
            Assert.True(import.GetProperty("valid").GetBoolean());
            Assert.Equal(name, import.GetProperty("format").GetString());
            Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(ChainJson.Read(import.GetProperty("chain").GetRawText()).Chain!));
            (await client.Get($"{path}/versions/2/{name}")).Refused(HttpStatusCode.NotFound, "chain-not-found");
            (await client.Get($"/api/v1/chains/no-such-chain/versions/1/{name}")).Refused(HttpStatusCode.NotFound, "chain-not-found");
        }
    }

    [Fact]
    public async Task What_is_no_chain_has_faults_and_what_is_too_large_is_refused()
    {
        var client = api.ClientOf(api.Organisation("coordinator"));
        var import = (await client.Post("/api/v1/chain-imports", "<x/>")).Ok().Json;
        Assert.False(import.TryGetProperty("chain", out _));
        Assert.Equal("not-bpmn", import.GetProperty("faults")[0].GetProperty("code").GetString());
        var drawing = Encoding.UTF8.GetString(ChainFormats.Export(TestChain.Make("chain-large", "chain-office", 1), ChainFormat.Bpmn)) + new string('\n', 3 << 20);
        Assert.True((await client.Post("/api/v1/chain-imports", drawing)).Ok().Json.GetProperty("valid").GetBoolean());
        (await client.Post("/api/v1/chain-imports", new string(' ', (8 << 20) + 1))).Refused(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }
}
