namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>A point of the picture; y grows downwards.</summary>
public readonly record struct Spot(double X, double Y)
{
    /// <summary>The point moved.</summary>
    public Spot Move(double dx, double dy) => new(X + dx, Y + dy);
}

/// <summary>A rectangle of the picture.</summary>
public readonly record struct Area(double X, double Y, double Width, double Height)
{
    /// <summary>Its right edge.</summary>
    public double Right => X + Width;

    /// <summary>Its lower edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>The rectangle moved.</summary>
    public Area Move(double dx, double dy) => this with { X = X + dx, Y = Y + dy };
}

/// <summary>A line of text: where its baseline begins, and in which font.</summary>
public sealed record TextLine(string Text, Spot At, PictureFont Font);

/// <summary>Something drawn, at its place on paper.</summary>
public abstract record Shape
{
    private Shape() { }

    /// <summary>The shape moved.</summary>
    public abstract Shape Move(double dx, double dy);

    /// <summary>The box of a step.</summary>
    public sealed record Box(Area Area, PictureNode.Box Step, IReadOnlyList<TextLine> Lines) : Shape
    {
        /// <inheritdoc/>
        public override Shape Move(double dx, double dy) => new Box(Area.Move(dx, dy), Step, Moved(Lines, dx, dy));
    }

    /// <summary>The frame of an optional or repeated part, or of parts beside one another.</summary>
    public sealed record Frame(Area Area, bool Dashed, bool Faded) : Shape
    {
        /// <inheritdoc/>
        public override Shape Move(double dx, double dy) => this with { Area = Area.Move(dx, dy) };
    }

    /// <summary>Words outside of boxes; <paramref name="Text"/> is all of them, the lines what fits.</summary>
    public sealed record Label(Area Area, string Text, IReadOnlyList<TextLine> Lines, PictureTone Tone) : Shape
    {
        /// <inheritdoc/>
        public override Shape Move(double dx, double dy) => new Label(Area.Move(dx, dy), Text, Moved(Lines, dx, dy), Tone);
    }

    /// <summary>A way from one part to the next.</summary>
    /// <param name="Points">
    /// Straight from point to point with rounded corners; a <paramref name="Curve"/> has four: two ends and what it bends to between them.
    /// </param>
    /// <param name="Curve">A cubic Bézier curve.</param>
    /// <param name="Arrow">Ends in an arrow head.</param>
    /// <param name="Faded">On a way that is not taken.</param>
    public sealed record Edge(IReadOnlyList<Spot> Points, bool Curve, bool Arrow, bool Faded) : Shape
    {
        /// <inheritdoc/>
        public override Shape Move(double dx, double dy) => this with { Points = [.. Points.Select(p => p.Move(dx, dy))] };
    }

    /// <summary>A mark: where the chain begins or ends, or where one of several ways is taken.</summary>
    public sealed record Mark(Spot Centre, MarkKind Kind) : Shape
    {
        /// <inheritdoc/>
        public override Shape Move(double dx, double dy) => this with { Centre = Centre.Move(dx, dy) };
    }

    private static IReadOnlyList<TextLine> Moved(IReadOnlyList<TextLine> lines, double dx, double dy) =>
        [.. lines.Select(l => l with { At = l.At.Move(dx, dy) })];
}

/// <summary>What a mark stands for.</summary>
public enum MarkKind
{
    /// <summary>The chain begins.</summary>
    Start,

    /// <summary>The chain ends.</summary>
    End,

    /// <summary>One of the ways is taken.</summary>
    Choice,
}

/// <summary>A part with its shapes, its upper left corner at 0, 0.</summary>
/// <param name="Width">How wide.</param>
/// <param name="Height">How high.</param>
/// <param name="In">Where on its edge the way comes in: y on the left, or x at the top.</param>
/// <param name="Out">Where on the other edge it goes out.</param>
/// <param name="Arrow">Whether the way in ends in an arrow.</param>
/// <param name="Shapes">What is drawn.</param>
internal sealed record Block(double Width, double Height, double In, double Out, bool Arrow, IReadOnlyList<Shape> Shapes)
{
    /// <summary>How far right the way out begins; before the right edge where the last of several lines is shorter.</summary>
    public double Exit { get; init; } = Width;

    /// <summary>Its shapes, moved.</summary>
    public IEnumerable<Shape> At(double x, double y) => Shapes.Select(s => s.Move(x, y));
}

/// <summary>A picture with everything in its place.</summary>
/// <param name="Width">How wide, in units that are pixels at full size.</param>
/// <param name="Height">How high.</param>
/// <param name="Shapes">What is drawn, in order.</param>
public sealed record Drawing(double Width, double Height, IReadOnlyList<Shape> Shapes);
