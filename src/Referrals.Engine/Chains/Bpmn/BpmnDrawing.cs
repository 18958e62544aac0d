namespace Referrals.Engine.Chains.Bpmn;

/// <summary>A figure of the drawing. Places are pixels; a figure's column is turned into <see cref="X"/> when all columns are known.</summary>
internal sealed class Shape
{
    public required string Id { get; init; }

    /// <summary>Name of the BPMN element, such as <c>serviceTask</c>.</summary>
    public required string Element { get; init; }

    public string? Name { get; init; }

    public ChainNode? Node { get; init; }

    /// <summary>The sub-process in which it lies.</summary>
    public Shape? Within { get; init; }

    /// <summary>The task on whose lower edge it sits.</summary>
    public Shape? Host { get; init; }

    /// <summary>Working days of a timer.</summary>
    public int Days { get; init; }

    public int Column { get; set; }

    /// <summary>For sub-processes: the last column that they cover.</summary>
    public int? LastColumn { get; set; }

    /// <summary>From the column's left edge.</summary>
    public int Inset { get; init; }

    public int X { get; set; }

    public int Top { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    /// <summary>Where sequence flows meet it.</summary>
    public int Anchor { get; set; }

    public Label? Label { get; init; }

    public int Right => X + Width;

    public int Bottom => Top + Height;

    public int Centre => X + (Width / 2);
}

/// <summary>Words outside their figure.</summary>
/// <param name="Inset">From the left edge of the figure, for a flow from the middle of the figure where it starts.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record Label(int Inset, int Width, int Height)
{
    private const int LineHeight = 14;

    public int Top { get; set; }

    /// <summary>A label at this place, as high as its words need.</summary>
    public static Label For(string words, int inset, int top, int width) => new(inset, width, Lines(words, width) * LineHeight) { Top = top };

    /// <summary>Lines that words take, guessed on the high side for the 11 px type of bpmn-js.</summary>
    public static int Lines(string words, int width)
    {
        var perLine = Math.Max(1, width / 7);
        var (lines, used) = (1, 0);
        foreach (var word in words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (used > 0 && used + 1 + word.Length > perLine)
            {
                lines++;
                used = 0;
            }

            lines += Math.Max(0, word.Length - 1) / perLine;
            used += (used > 0 ? 1 : 0) + Math.Min(word.Length, perLine);
        }

        return lines;
    }
}

/// <summary>A sequence flow.</summary>
internal sealed class SequenceFlow
{
    public required string Id { get; init; }

    public required Shape From { get; init; }

    public required Shape To { get; init; }

    /// <summary>Words beside it.</summary>
    public string? Name { get; init; }

    /// <summary>When it is followed, in words.</summary>
    public string? Condition { get; init; }

    public bool IsDefault { get; init; }

    /// <summary>Height of a line that goes around everything between two gateways.</summary>
    public int? Bypass { get; set; }

    public Label? Label { get; init; }

    public IReadOnlyList<Point> Waypoints { get; set; } = [];
}

/// <summary>A pool of a partner organisation, drawn closed.</summary>
internal sealed record Pool(string Id, OrganisationId Partner, string Name)
{
    public int X { get; set; }

    public int Width { get; set; }
}

/// <summary>A message flow between a step and a partner.</summary>
internal sealed record MessageFlow(string Id, Shape Step, Pool Pool, bool IsOffer)
{
    public IReadOnlyList<Point> Waypoints { get; set; } = [];
}

/// <summary>A point of the drawing, in pixels.</summary>
internal readonly record struct Point(int X, int Y);

/// <summary>A part of the drawing around a base line at height 0, with the room that it needs above and below.</summary>
internal sealed class Block(int column)
{
    public List<Shape> Shapes { get; } = [];

    public List<SequenceFlow> Flows { get; } = [];

    /// <summary>Where it is entered; null: there is nothing in it.</summary>
    public Shape? First { get; set; }

    public Shape? Last { get; set; }

    public int Up { get; set; }

    public int Down { get; set; }

    /// <summary>The first column to its right.</summary>
    public int Next { get; set; } = column;

    /// <summary>Moves it down.</summary>
    public void Shift(int by)
    {
        foreach (var shape in Shapes)
        {
            shape.Top += by;
            shape.Anchor += by;
            if (shape.Label is { } label)
            {
                label.Top += by;
            }
        }

        foreach (var flow in Flows)
        {
            flow.Bypass += by;
            if (flow.Label is { } label)
            {
                label.Top += by;
            }
        }
    }

    /// <summary>Takes the figures of another part in and makes room for them where they lie now.</summary>
    public void Take(Block part, int at)
    {
        part.Shift(at);
        Shapes.AddRange(part.Shapes);
        Flows.AddRange(part.Flows);
        Up = Math.Max(Up, part.Up - at);
        Down = Math.Max(Down, part.Down + at);
        Next = Math.Max(Next, part.Next);
    }
}
