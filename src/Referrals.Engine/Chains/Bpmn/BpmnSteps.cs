using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>Draws a step: a service task with its times as boundary events, and below each what happens then.</summary>
internal static class BpmnSteps
{
    /// <summary>Part of the id of the timer for acknowledging.</summary>
    public const string Acknowledge = "acknowledge";

    /// <summary>Part of the id of the timer for completing.</summary>
    public const string Complete = "complete";

    /// <summary>Part of the id of the timer after which the coordinator is told.</summary>
    public const string Escalate = "escalate";

    /// <summary>Between two times on the lower edge of a task.</summary>
    private const int Pitch = 100;

    private const int Height = 80;
    private const int EventSize = 36;
    private const int LabelWidth = 88;

    /// <summary>The figures of a step around its middle.</summary>
    public static Block Of(ChainNode.Step step, FigureIds ids, int column, Shape? within)
    {
        var times = Times(step).Where(t => t.Days >= 0).ToList();
        var task = new Shape
        {
            Id = ids.For("step", step.Id.Value),
            Element = "serviceTask",
            Name = step.Title?.De ?? step.Id.Value,
            Node = step,
            Within = within,
            Column = column,
            Inset = 20,
            Top = -Height / 2,
            Width = Math.Max(Math.Max(140, Pitch * times.Count), Math.Min(600, 20 + ((step.Title?.De.Length ?? 0) * 4))),
            Height = Height,
        };
        var block = new Block(column) { First = task, Last = task, Up = Height / 2, Down = Height / 2, Next = column + 1 };
        block.Shapes.Add(task);
        for (var i = 0; i < times.Count; i++)
        {
            Add(block, task, times[i], 30 + (Pitch * i), ids, step);
        }

        return block;
    }

    private static void Add(Block block, Shape task, Time time, int centre, FigureIds ids, ChainNode.Step step)
    {
        var boundary = new Shape
        {
            Id = ids.For("step", step.Id.Value, time.Part),
            Element = "boundaryEvent",
            Name = time.Words,
            Within = task.Within,
            Host = task,
            Days = time.Days,
            Column = task.Column,
            Inset = task.Inset + centre - (EventSize / 2),
            Top = (Height / 2) - (EventSize / 2),
            Width = EventSize,
            Height = EventSize,
            Label = Label.For(time.Words, (EventSize / 2) + 5, (Height / 2) + 20, LabelWidth),
        };
        var top = boundary.Label.Top + boundary.Label.Height + 14;
        var end = new Shape
        {
            Id = ids.For("step", step.Id.Value, $"{time.Part}-then"),
            Element = "endEvent",
            Name = time.Then,
            Within = task.Within,
            Column = task.Column,
            Inset = boundary.Inset,
            Top = top,
            Anchor = top + (EventSize / 2),
            Width = EventSize,
            Height = EventSize,
            Label = Label.For(time.Then, (EventSize - LabelWidth) / 2, top + EventSize + 4, LabelWidth),
        };
        block.Shapes.AddRange([boundary, end]);
        block.Flows.Add(new SequenceFlow { Id = ids.For("flow_step", step.Id.Value, time.Part), From = boundary, To = end });
        block.Down = Math.Max(block.Down, end.Label.Top + end.Label.Height + 6);
    }

    private static IEnumerable<Time> Times(ChainNode.Step step)
    {
        if (step.AcknowledgeWithin > 0)
        {
            var next = step.OnDecline == DeclinePath.NextPartner && step.Offer == OfferMode.InOrder ? "nächster Partner" : "zurück an die Fachkraft";
            yield return new Time(Acknowledge, step.AcknowledgeWithin, $"Annahme binnen {StepWords.Days(step.AcknowledgeWithin)}", next);
        }

        if (step.CompleteWithin is { } complete)
        {
            yield return new Time(Complete, complete, $"Abschluss binnen {StepWords.Days(complete)}", "Frist versäumt");
        }

        if (step.EscalateAfter is { } escalate)
        {
            yield return new Time(Escalate, escalate, $"Eskalation nach {StepWords.Days(escalate)}", "Koordination informiert");
        }
    }

    private sealed record Time(string Part, int Days, string Words, string Then);
}
