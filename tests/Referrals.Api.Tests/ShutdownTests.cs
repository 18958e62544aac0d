using Npgsql;

namespace Referrals.Api.Tests;

public sealed class ShutdownTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_is_under_way_is_finished()
    {
        var app = api.Start(api.Owner);
        app.UseKestrel(0);
        app.StartServer();

        // A client of its own: the factory ends those that it made before it stops the server.
        using var client = new HttpClient { BaseAddress = app.ClientOptions.BaseAddress };

        // The request waits in the database for this row; the shutdown begins meanwhile.
        var tenant = api.Organisation();
        client.DefaultRequestHeaders.Authorization = api.ClientOf(tenant).DefaultRequestHeaders.Authorization;
        (await client.Post("/api/v1/chain-checks", "{}", "first")).Ok();
        await using var connection = new NpgsqlConnection(api.Owner);
        await connection.OpenAsync(Ct);
        var transaction = await connection.BeginTransactionAsync(Ct);
        await using var hold = new NpgsqlCommand("select 1 from referrals.api_answers where tenant_id = $1 for update", connection) { Parameters = { new() { Value = tenant.Value } } };
        await hold.ExecuteNonQueryAsync(Ct);

        var underway = client.Post("/api/v1/chain-checks", "{}", "first");
        await WaitingAsync();
        var stopping = app.DisposeAsync().AsTask();
        await transaction.CommitAsync(Ct);
        (await underway).Ok();
        await stopping;
    }

    private async Task WaitingAsync()
    {
        while (await api.QueryAsync("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%api_answers%'") is not >= 1L)
        {
            await Task.Delay(20, Ct);
        }
    }
}
