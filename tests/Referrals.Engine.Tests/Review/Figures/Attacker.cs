using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>Asks for every figure and writes down every number of visits or cases that it is told.</summary>
internal static class Attacker
{
    /// <summary>All told counts of what has ended, and of each share also the rest. Under the same name a narrower filter counts a part of a wider one.</summary>
    public static Dictionary<string, int> Ended(ReviewFigures figures, ReviewFilter filter)
    {
        var told = new Dictionary<string, int>();
        void Note(string name, int n) => told[name] = told.GetValueOrDefault(name) + n;
        void Share(string name, ShareOf share)
        {
            Note($"{name} count", share.Count);
            Note($"{name} rest", share.Of - share.Count);
        }

        var overview = figures.Overview(filter);
        Note("finished", overview.Throughput.N);
        Share("acknowledged", overview.AcknowledgedInTime);
        foreach (var month in overview.Trend)
        {
            Note($"finished {month.Month}", month.N);
        }

        foreach (var by in Enum.GetValues<RankBy>())
        {
            foreach (var row in figures.Ranking(filter, by).Rows)
            {
                Note($"rank {Name(row.Step)} {row.Partner}", row.Waiting.N);
                Share($"rank {Name(row.Step)} {row.Partner}", row.Late);
            }
        }

        Cells(figures, filter, Note, Share);
        Ways(figures, filter, Note, Share);
        foreach (var step in figures.Steps(filter))
        {
            Depth(figures.StepDetail(filter, step.Chain, step.Step)!, Note, Share);
        }

        foreach (var partner in figures.Partners())
        {
            Partner(figures.PartnerView(filter, partner)!, Note, Share);
        }

        return told;
    }

    /// <summary>All told counts of what is open now, by what they are told apart by.</summary>
    public static (Dictionary<string, OpenCounts> Whole, Dictionary<string, OpenCounts> Chains, Dictionary<string, OpenCounts> Steps, Dictionary<string, OpenCounts> Cells) Open(
        ReviewFigures figures, ReviewFilter filter)
    {
        var stuck = figures.StuckList(filter);
        var cells = figures.Ranking(filter, RankBy.StepAndPartner).Rows.ToDictionary(r => $"{Name(r.Step)} {r.Partner}", r => r.Open);
        foreach (var row in stuck.StepsAndPartners)
        {
            cells[$"{Name(row.Step)} {row.Partner}"] = row.Open;
        }

        return (
            new() { ["all"] = stuck.All },
            stuck.Chains.ToDictionary(c => c.Chain!.Value.Value, c => c.Open),
            figures.ChainMap(filter).Steps.ToDictionary(s => Name(s.Step), s => s.Open),
            cells);
    }

    private static void Cells(ReviewFigures figures, ReviewFilter filter, Action<string, int> note, Action<string, ShareOf> share)
    {
        var heat = figures.HeatTable(filter);
        foreach (var cell in heat.Cells)
        {
            note($"heat {Name(heat.Steps[cell.Step])} {heat.Partners[cell.Partner]}", cell.Duration.N);
            share($"heat {Name(heat.Steps[cell.Step])} {heat.Partners[cell.Partner]}", cell.Late);
        }

        var map = figures.ChainMap(filter);
        foreach (var edge in map.Edges)
        {
            note($"edge {(edge.From is { } from ? Name(map.Steps[from].Step) : "")} {Name(map.Steps[edge.To].Step)}", edge.Waiting.N);
        }

        foreach (var step in map.Steps)
        {
            note($"map {Name(step.Step)}", step.Duration.N);
            share($"map {Name(step.Step)}", step.Late);
        }
    }

    private static void Ways(ReviewFigures figures, ReviewFilter filter, Action<string, int> note, Action<string, ShareOf> share)
    {
        var (flows, funnel, loops) = (figures.Flows(filter), figures.Funnel(filter), figures.Loops(filter));
        foreach (var link in flows.Links)
        {
            note($"flow {Name(flows.Nodes[link.From].Step)} {Name(flows.Nodes[link.To].Step)} {flows.Nodes[link.To].End}", link.N);
        }

        note("completed", funnel.Completed);
        note("not completed", funnel.Finished - funnel.Completed);
        foreach (var step in funnel.Steps)
        {
            note($"reached {Name(step.Step)}", step.Reached);
            share($"dropped {Name(step.Step)}", step.DropOuts);
            step.Ends.ToList().ForEach(e => note($"ended {Name(step.Step)} {e.Reason}", e.N));
            step.Reasons.ToList().ForEach(r => note($"why {Name(step.Step)} {r.End} {r.Reason}", r.N));
        }

        share("back and forth", loops.BackAndForth);
        foreach (var step in loops.Steps)
        {
            share($"again {Name(step.Step)}", new(step.Again, step.N));
            share($"repeated {Name(step.Step)}", new(step.Repeated, step.N));
            share($"rerouted {Name(step.Step)}", new(step.Rerouted, step.N));
            share($"declined {Name(step.Step)}", new(step.Declined, step.N));
            share($"expired {Name(step.Step)}", new(step.Expired, step.N));
        }
    }

    private static void Depth(StepDetail detail, Action<string, int> note, Action<string, ShareOf> share)
    {
        var name = $"step {Name(detail.Step)}";
        note($"{name} waiting", detail.Waiting.N);
        note($"{name} working", detail.Working.N);
        note($"{name} acknowledgement", detail.Acknowledgement.N);
        note($"{name} first contact", detail.FirstContact.N);
        share($"{name} acknowledged", detail.AcknowledgedInTime);
        share($"{name} completed", detail.CompletedInTime);
        detail.Fates.ToList().ForEach(f => note($"{name} {f.End} {f.Reason}", f.N));
        detail.WaitingByMonth.ToList().ForEach(m => note($"{name} {m.Month}", m.N));
        foreach (var partner in detail.Partners)
        {
            share($"{name} {partner.Partner} late", partner.Late);
        }
    }

    private static void Partner(PartnerView view, Action<string, int> note, Action<string, ShareOf> share)
    {
        note($"partner {view.Partner}", view.Waiting.N);
        share($"partner {view.Partner} acknowledged", view.AcknowledgedInTime);
        share($"partner {view.Partner} completed", view.CompletedInTime);
        view.Fates.ToList().ForEach(f => note($"partner {view.Partner} {f.End} {f.Reason}", f.N));
        view.WaitingByMonth.ToList().ForEach(m => note($"partner {view.Partner} {m.Month}", m.N));
        view.Steps.ToList().ForEach(s => share($"partner {view.Partner} {Name(s.Step)}", s.AcknowledgedInTime));
    }

    private static string Name(StepName? step) => step is null ? "" : $"{step.Chain}/{step.Step}";
}
