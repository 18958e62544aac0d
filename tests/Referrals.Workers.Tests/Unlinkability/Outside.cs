using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using Referrals.Engine;
using Referrals.LocalServers;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Tests.Unlinkability;

/// <summary>Everything that can be read outside of the sender's tenant while referrals run: a tap on each.</summary>
internal sealed class Outside : IAsyncDisposable, ILoggerProvider, ISupportExternalScope
{
    private const ushort Prefetch = 2_000;

    private readonly TestNetwork _network;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    private Outside(TestNetwork network, IConnection connection, IChannel channel)
    {
        (_network, _connection, _channel) = (network, connection, channel);
        _activities = Traces.Listen(activity => Activities.Enqueue(activity));
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, tags));
        _meters.Start();
    }

    /// <summary>The messages as they lay in the queues: of whom, for whom, properties with headers, and body.</summary>
    public ConcurrentQueue<(OrganisationId To, string Properties, string Body)> Messages { get; } = [];

    /// <summary>The activities that ended.</summary>
    public ConcurrentQueue<Activity> Activities { get; } = [];

    /// <summary>The lines of the log, with their scopes and exceptions.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Names and tags of what was measured, each once.</summary>
    public ConcurrentDictionary<string, bool> Tags { get; } = [];

    /// <summary>Listens to everything of a network: beside each organisation's queue another one takes the same messages.</summary>
    public static async Task<Outside> OfAsync(TestNetwork network, LocalRabbit rabbit, IReadOnlyList<OrganisationId> organisations, CancellationToken ct)
    {
        var connection = await new ConnectionFactory { Uri = rabbit.Uri }.CreateConnectionAsync(ct);
        var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.BasicQosAsync(0, Prefetch, false, ct);
        var outside = new Outside(network, connection, channel);
        foreach (var organisation in organisations)
        {
            // As the product declares it, so that both may come first.
            await channel.ExchangeDeclareAsync(ConnectedQueues.NameOf(organisation), ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: ct);
            var tap = (await channel.QueueDeclareAsync(cancellationToken: ct)).QueueName;
            await channel.QueueBindAsync(tap, ConnectedQueues.NameOf(organisation), "", cancellationToken: ct);
            await channel.BasicConsumeAsync(tap, autoAck: true, new Tap(outside, channel, organisation), ct);
        }

        return outside;
    }

    /// <summary>Every row of every table, as text, but those of the sender's tenant.</summary>
    public async IAsyncEnumerable<(string Table, string Row)> RowsAsync(OrganisationId sender, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_network.Options.Owner);
        await connection.OpenAsync(ct);
        foreach (var (table, hasTenant) in await TablesAsync(connection, ct))
        {
            var where = hasTenant ? "where t.tenant_id is distinct from $1" : "where $1 <> ''";
            await using var command = new NpgsqlCommand($"select t::text from {_network.Options.Schema}.{table} t {where}", connection) { Parameters = { new() { Value = sender.Value } } };
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                yield return (table, reader.GetString(0));
            }
        }
    }

    /// <summary>Events and list rows of assignments: assignment, name of the field, JSON.</summary>
    public async Task<IReadOnlyList<(Guid Assignment, string Field, string Json)>> AssignmentsAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_network.Options.Owner);
        await connection.OpenAsync(ct);
        var sql = $"""
            select e.stream_id, e.type, json_build_object('data', e.data, 'headers', e.headers, 'correlation', e.correlation_id, 'causation', e.causation_id, 'user', e.user_name)::text
            from {_network.Options.Schema}.mt_events e join {_network.Options.Schema}.mt_streams s on s.id = e.stream_id and s.tenant_id = e.tenant_id where s.type = 'assignment'
            union all select r.id, r.list, r.data::text from {_network.Options.Schema}.list_rows r where r.list = 'assignments'
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<(Guid, string, string)>();
        while (await reader.ReadAsync(ct))
        {
            all.Add((reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
        }

        return all;
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    // The host ends what it logs to; the rest is ended with the test.
    public void Dispose()
    {
    }

    public async ValueTask DisposeAsync()
    {
        _activities.Dispose();
        _meters.Dispose();
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    // The review's cases cross tenants by their nature: no page and no answer holds one, see the decision on unlinkability.
    private async Task<List<(string Table, bool HasTenant)>> TablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        const string Sql = """
            select t.table_name, exists (select from information_schema.columns c where c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'tenant_id')
            from information_schema.tables t where t.table_schema = $1 and t.table_type = 'BASE TABLE' and t.table_name <> 'review_cases'
            """;
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = _network.Options.Schema } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var all = new List<(string, bool)>();
        while (await reader.ReadAsync(ct))
        {
            all.Add((reader.GetString(0), reader.GetBoolean(1)));
        }

        return all;
    }

    private void Measured(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder(instrument.Meter.Name).Append(' ').Append(instrument.Name);
        foreach (var (key, value) in tags)
        {
            text.Append(' ').Append(key).Append('=').Append(value);
        }

        Tags.TryAdd(text.ToString(), true);
    }

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IEnumerable<object?> many => string.Join(',', many.Select(Text)),
        _ => $"{value}",
    };

    private sealed class Tap(Outside outside, IChannel channel, OrganisationId organisation) : AsyncDefaultBasicConsumer(channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        {
            var headers = string.Join('\n', (properties.Headers ?? new Dictionary<string, object?>()).Select(h => $"{h.Key}: {Text(h.Value)}"));
            var told = $"{exchange} {routingKey} {properties.AppId} {properties.ClusterId} {properties.ContentType} {properties.CorrelationId} {properties.Expiration} {properties.MessageId} {properties.ReplyTo} {properties.Type} {properties.UserId}\n{headers}";
            outside.Messages.Enqueue((organisation, told, Encoding.UTF8.GetString(body.Span)));
            return Task.CompletedTask;
        }
    }

    private sealed class LineLogger(Outside outside, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => outside._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder(category).Append(' ').Append(formatter(state, exception)).Append(' ').Append(exception);
            outside._scopes.ForEachScope((scope, text) => text.Append(' ').Append(scope), line);
            outside.Lines.Enqueue(line.ToString());
        }
    }
}
