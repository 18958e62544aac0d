using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Referrals.Engine.Chains.Formats;
using static Referrals.Engine.Chains.Elsa.ElsaJson;
using static Referrals.Engine.Chains.Elsa.ElsaNames;

namespace Referrals.Engine.Chains.Elsa;

/// <summary>Draws a part of a chain as a flowchart of Elsa's own activities.</summary>
internal sealed class ElsaFlowchart
{
    private const int Across = 240;
    private const int Down = 120;
    private readonly ElsaChain _whole;
    private readonly string _path;
    private readonly JsonArray _activities = [];
    private readonly JsonArray _connections = [];

    private ElsaFlowchart(ElsaChain whole, string path) => (_whole, _path) = (whole, path);

    /// <summary>A flowchart from its start to its end.</summary>
    public static JsonObject Of(ElsaChain whole, string id, string path, ChainNode node, ChainNode.Repeat? asksAgain)
    {
        var chart = new ElsaFlowchart(whole, path);
        var start = chart.Add(Start, whole.Ids.For("start", id), null, null, (0, 0), null);
        var part = chart.Draw(node, Across, 0).After(new End(start, Done), chart);
        var (last, x) = (part.Last, Across + part.Width);
        if (asksAgain is not null)
        {
            var ask = chart.Ask(asksAgain.Id.Value, AskAgain, "again", Again(asksAgain), whole.AgainOf(asksAgain), "Noch eine Runde?", (x, 0));
            chart.Connect(last, ask);
            (last, x) = (new End(ask, Done), x + Across);
        }

        chart.Connect(last, chart.Add(ElsaNames.End, whole.Ids.For("end", id), null, null, (x, 0), null));
        var flowchart = Activity(Flowchart, id, path[..Math.Max(0, path.LastIndexOf(':'))], null, null, (0, 0), null);
        flowchart["metadata"] = new JsonObject();
        flowchart["activities"] = chart._activities;
        flowchart["variables"] = new JsonArray();
        flowchart["connections"] = chart._connections;
        return flowchart;
    }

    private static JsonObject Again(ChainNode.Repeat repeat) => new() { ["until"] = Node(repeat.Until), ["maxRounds"] = repeat.MaxRounds };

    private Part Draw(ChainNode node, int x, int y) => node switch
    {
        ChainNode.Sequence sequence => Sequence(sequence, x, y),
        ChainNode.Parallel parallel => Parallel(parallel, x, y),
        ChainNode.Choice choice => Choice(choice, x, y),
        ChainNode.Optional optional => Optional(optional, x, y),
        ChainNode.Repeat repeat => Repeat(repeat, x, y),
        ChainNode.Step step => Step(step, x, y),
        _ => throw new UnreachableException(),
    };

    private Part Step(ChainNode.Step step, int x, int y)
    {
        var outcome = _whole.Declare(_whole.Ids.For("outcome", step.Id.Value), "String");
        var id = _whole.Know(_whole.Ids.For("step", step.Id.Value), step);
        Add(
            RunTask, id, step.Title?.De ?? step.Id.Value, StepWords.Of(step, _whole.Chain, partner => partner.Value), (x, y), null,
            ("taskName", Literal("String", step.Service)), ("payload", Data("ObjectDictionary", Node<ChainNode>(step))), ("result", Into(outcome)));
        return new Part(id, new End(id, Done), Across, Down);
    }

    private Part Sequence(ChainNode.Sequence sequence, int x, int y)
    {
        var whole = Part.Empty;
        foreach (var child in sequence.Children)
        {
            var part = Draw(child, x + whole.Width, y);
            if (whole.First is not null && part.First is not null)
            {
                Connect(whole.Last, part.First);
            }

            whole = part.First is null ? whole : new Part(whole.First ?? part.First, part.Last, whole.Width + part.Width, Math.Max(whole.Height, part.Height));
        }

        return whole;
    }

    private Part Parallel(ChainNode.Parallel parallel, int x, int y)
    {
        var names = Enumerable.Range(1, Math.Max(1, parallel.Children.Count)).Select(i => string.Create(CultureInfo.InvariantCulture, $"Zweig {i}")).ToList();
        var fork = _whole.Know(_whole.Ids.For("parallel", parallel.Id.Value), parallel);
        Add(Fork, fork, parallel.Title?.De, null, (x, y), null, ("branches", Data("ICollection<String>", Node(names))));
        var join = _whole.Ids.For("parallel", parallel.Id.Value, "join");
        var (width, height) = (0, 0);
        for (var i = 0; i < parallel.Children.Count; i++)
        {
            var part = Draw(parallel.Children[i], x + Across, y + height).After(new End(fork, names[i]), this);
            Connect(part.Last, join);
            (width, height) = (Math.Max(width, part.Width), height + Math.Max(part.Height, Down));
        }

        if (parallel.Children.Count == 0)
        {
            Connect(new End(fork, names[0]), join);
        }

        return Close(fork, join, WaitAll, x + Across + width, y, (2 * Across) + width, height);
    }

    // One question after the other: a task fetches the answer, and the decision goes by it.
    private Part Choice(ChainNode.Choice choice, int x, int y)
    {
        var (code, join) = (choice.Id.Value, _whole.Ids.For("choice", choice.Id.Value, "join"));
        string? first = null;
        var (open, width, height, role) = (new List<End>(), Across, 0, _whole.Ids.For("choice", code));
        for (var i = 0; i < choice.Branches.Count; i++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"branch{i + 1}");
            var words = ConditionWords.Of(choice.Branches[i].When, _whole.Chain);
            var ask = Ask(code, AskCondition, part, new JsonObject { ["condition"] = Node(choice.Branches[i].When) }, null, words, (x, y + height));
            open.ForEach(end => Connect(end, ask));
            first ??= ask;
            var decision = Decide(_whole.Ids.For("choice", code, part), i == 0 ? choice : null, ask, words, (x + Across, y + height), role);
            var then = Draw(choice.Branches[i].Then, x + (2 * Across), y + height).After(new End(decision, True), this);
            Connect(then.Last, join);
            open = [new End(decision, False)];
            (width, height) = (Math.Max(width, then.Width), height + Math.Max(then.Height, Down));
        }

        if (choice.Otherwise is { } otherwise)
        {
            var part = Draw(otherwise, x + (2 * Across), y + height);
            if (part.First is not null)
            {
                open.ForEach(end => Connect(end, part.First));
                open = [part.Last];
                first ??= part.First;
            }

            (width, height) = (Math.Max(width, part.Width), height + Math.Max(part.Height, Down));
        }

        open.ForEach(end => Connect(end, join));
        return Close(first ?? join, join, WaitAllActive, x + (2 * Across) + width, y, (3 * Across) + width, height);
    }

    private Part Optional(ChainNode.Optional optional, int x, int y)
    {
        var code = optional.Id.Value;
        var question = Bpmn.BpmnNames.Include(optional.Title?.De ?? "");
        var ask = Ask(code, AskInclude, "ask", new JsonObject { ["part"] = code }, null, question, (x, y));
        var decision = Decide(_whole.Ids.For("optional", code), optional, ask, question, (x + Across, y), null);
        var join = _whole.Ids.For("optional", code, "join");
        var part = Draw(optional.Child, x + (2 * Across), y).After(new End(decision, True), this);
        Connect(part.Last, join);
        Connect(new End(decision, False), join);
        return Close(ask, join, WaitAllActive, x + (2 * Across) + part.Width, y, (3 * Across) + part.Width, part.Height);
    }

    private Part Repeat(ChainNode.Repeat repeat, int x, int y)
    {
        var code = repeat.Id.Value;
        var again = _whole.AgainOf(repeat);
        var set = Add(
            SetVariable, _whole.Ids.For("repeat", code, "first"), null, null, (x, y), Helper, ("variable", Reference(again, "Boolean")), ("value", Literal("Boolean", true)));
        var id = _whole.Know(_whole.Ids.For("repeat", code), repeat);
        var body = _whole.Ids.For("repeat", code, "body");
        Add(
            While, id, repeat.Title?.De, Bpmn.BpmnNames.Until(repeat, _whole.Chain), (x + Across, y), null,
            ("condition", Reading(again)), ("body", Of(_whole, body, $"{_path}:{id}:{body}", repeat.Child, repeat)));
        Connect(new End(set, Done), id);
        return new Part(set, new End(id, Done), 2 * Across, Down);
    }

    private string Ask(string code, string task, string part, JsonObject payload, string? into, string words, (int X, int Y) at)
    {
        var variable = into ?? _whole.Declare(_whole.Ids.For("answer", code, part), "Boolean");
        var id = _whole.Ids.For("ask", code, part);
        _whole.Answers[id] = variable;
        return Add(
            RunTask, id, words, null, at, Helper,
            ("taskName", Literal("String", task)), ("payload", Data("ObjectDictionary", payload)), ("result", Into(variable)));
    }

    private string Decide(string id, ChainNode? node, string ask, string words, (int X, int Y) at, string? role)
    {
        if (node is not null)
        {
            _whole.Know(id, node);
        }

        Connect(new End(ask, Done), id);
        return Add(Decision, id, words, null, at, role, ("condition", Reading(_whole.Answers[ask])));
    }

    private Part Close(string first, string join, string mode, int x, int y, int width, int height)
    {
        Add(Join, join, null, null, (x, y), null, ("mode", Literal("Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core", mode)));
        return new Part(first, new End(join, Done), width, Math.Max(height, Down));
    }

    private string Add(string type, string id, string? words, string? description, (int X, int Y) at, string? role, params (string Name, JsonNode Value)[] inputs)
    {
        _activities.Add(Activity(type, id, _path, words, description, at, role, inputs));
        return id;
    }

    private void Connect(End from, string to) => _connections.Add(Connection(from.Activity, from.Port, to));

    /// <summary>Where a connection starts.</summary>
    private readonly record struct End(string Activity, string Port);

    /// <summary>What was drawn; without a first activity it is nothing.</summary>
    private sealed record Part(string? First, End Last, int Width, int Height)
    {
        public static Part Empty { get; } = new(null, default, 0, 0);

        public Part After(End before, ElsaFlowchart chart)
        {
            if (First is null)
            {
                return this with { Last = before };
            }

            chart.Connect(before, First);
            return this;
        }
    }
}
