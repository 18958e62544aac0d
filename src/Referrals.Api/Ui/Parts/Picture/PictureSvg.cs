using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>Writes a chain's picture as SVG. The same model always gives the same text. Colours are classes; see <c>chain-picture.css</c>.</summary>
public static class PictureSvg
{
    private const double Corner = 6;

    /// <summary>The picture from left to right, for screens and paper.</summary>
    /// <param name="model">The chain; its root must not be null.</param>
    /// <param name="id">Begins the ids in the picture; unique in the page.</param>
    public static string Across(PictureModel model, string id) => Write(AcrossDrawing(model), model, id + "-quer", "chain-picture__across");

    /// <summary>The picture from top to bottom, for narrow places.</summary>
    /// <param name="model">The chain; its root must not be null.</param>
    /// <param name="id">Begins the ids in the picture; unique in the page.</param>
    public static string Down(PictureModel model, string id) => Write(DownDrawing(model), model, id + "-hoch", "chain-picture__down");

    /// <summary>Which of three widths the picture needs to be read from left to right: <c>small</c>, <c>medium</c> or <c>large</c>.</summary>
    public static string Size(PictureModel model) => AcrossDrawing(model).Width switch
    {
        <= 720 => "small",
        <= 980 => "medium",
        _ => "large",
    };

    /// <summary>What is drawn from left to right.</summary>
    internal static Drawing AcrossDrawing(PictureModel model) => AcrossLayout.Draw(Root(model));

    /// <summary>What is drawn from top to bottom.</summary>
    internal static Drawing DownDrawing(PictureModel model) => DownLayout.Draw(Root(model));

    private static PictureNode Root(PictureModel model) => model.Root ?? throw new ArgumentException("the chain is too large for a picture", nameof(model));

    private static string Write(Drawing drawing, PictureModel model, string id, string css)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"chain-picture__svg {css}\" role=\"group\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\" ");
        svg.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {N(drawing.Width)} {N(drawing.Height)}\" width=\"{N(drawing.Width)}\" height=\"{N(drawing.Height)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">{E(model.Title)}</title><desc id=\"{id}-d\">{E(model.Summary)}</desc>");
        foreach (var shape in drawing.Shapes.OrderBy(Layer))
        {
            Write(svg, shape);
        }

        return svg.Append("</svg>").ToString();
    }

    // Frames lie below ways, ways below boxes; a box keeps its place in the order of reading.
    private static int Layer(Shape shape) => shape switch
    {
        Shape.Frame => 0,
        Shape.Edge { Faded: true } => 1,
        Shape.Edge => 2,
        Shape.Mark => 3,
        _ => 4,
    };

    private static void Write(StringBuilder svg, Shape shape)
    {
        switch (shape)
        {
            case Shape.Frame frame:
                svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"cp-frame{(frame.Dashed ? " is-dashed" : "")}{Faded(frame.Faded)}\" {Rect(frame.Area)} rx=\"8\"/>");
                break;
            case Shape.Edge edge:
                Edge(svg, edge);
                break;
            case Shape.Mark mark:
                Mark(svg, mark);
                break;
            case Shape.Label label:
                svg.Append(CultureInfo.InvariantCulture, $"<g class=\"cp-label {Tone(label.Tone)}\">{Cut(label)}");
                Lines(svg, label.Lines);
                svg.Append("</g>");
                break;
            case Shape.Box box:
                Box(svg, box);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Box(StringBuilder svg, Shape.Box box)
    {
        var step = box.Step;
        var css = $"cp-box {Tone(step.Tone)}{Faded(step.Faded)}";
        svg.Append(step.Href is { } href
            ? $"<a class=\"{css}\" href=\"{E(href)}\">"
            : $"<g class=\"{css}\" role=\"img\" aria-label=\"{E(step.Label)}\">");

        // The title names the box, and says what was cut to fit into it.
        svg.Append(CultureInfo.InvariantCulture, $"<title>{E(step.Label)}</title><rect {Rect(box.Area)} rx=\"6\"/>");
        Lines(svg, box.Lines);
        svg.Append(step.Href is null ? "</g>" : "</a>");
    }

    private static void Lines(StringBuilder svg, IReadOnlyList<TextLine> lines)
    {
        foreach (var line in lines)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{Font(line.Font)}\" x=\"{N(line.At.X)}\" y=\"{N(line.At.Y)}\">{E(line.Text)}</text>");
        }
    }

    // What was cut off is told where the pointer rests.
    private static string Cut(Shape.Label label) =>
        label.Lines.Count > 0 && label.Lines[^1].Text.EndsWith('…') ? $"<title>{E(label.Text)}</title>" : "";

    private static void Mark(StringBuilder svg, Shape.Mark mark)
    {
        var (x, y) = (mark.Centre.X, mark.Centre.Y);
        svg.Append(mark.Kind switch
        {
            MarkKind.Start => $"<circle class=\"cp-mark\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"10\"/>",
            MarkKind.End => $"<circle class=\"cp-mark is-end\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"9\"/>",
            MarkKind.Choice => $"<path class=\"cp-mark\" d=\"M{N(x - 8)} {N(y)}L{N(x)} {N(y - 8)}L{N(x + 8)} {N(y)}L{N(x)} {N(y + 8)}Z\"/>",
            _ => throw new UnreachableException(),
        });
    }

    private static void Edge(StringBuilder svg, Shape.Edge edge)
    {
        var points = edge.Points;
        var path = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{N(points[0].X)} {N(points[0].Y)}"));
        if (edge.Curve)
        {
            path.Append(CultureInfo.InvariantCulture, $"C{P(points[1])} {P(points[2])} {P(points[3])}");
        }
        else
        {
            for (var i = 1; i < points.Count - 1; i++)
            {
                path.Append(CultureInfo.InvariantCulture, $"L{P(Towards(points[i], points[i - 1]))}Q{P(points[i])} {P(Towards(points[i], points[i + 1]))}");
            }

            path.Append(CultureInfo.InvariantCulture, $"L{P(points[^1])}");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"cp-edge{Faded(edge.Faded)}\" d=\"{path}\"/>");
        if (edge.Arrow)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"cp-arrow{Faded(edge.Faded)}\" d=\"{Head(points[^2], points[^1])}\"/>");
        }
    }

    // Every way ends level or upright, so that the head points along its last axis.
    private static string Head(Spot before, Spot tip) => Math.Abs(tip.X - before.X) >= Math.Abs(tip.Y - before.Y)
        ? $"M{P(tip)}l-9 -5v10z"
        : $"M{P(tip)}l-5 -9h10z";

    private static Spot Towards(Spot corner, Spot other)
    {
        var (dx, dy) = (other.X - corner.X, other.Y - corner.Y);
        var length = Math.Sqrt(dx * dx + dy * dy);
        var share = length == 0 ? 0 : Math.Min(Corner, length / 2) / length;
        return corner.Move(dx * share, dy * share);
    }

    private static string Font(PictureFont font) => font switch
    {
        _ when font == PictureFont.Title => "cp-title",
        _ when font == PictureFont.Status => "cp-status",
        _ when font == PictureFont.Body => "cp-body",
        _ when font == PictureFont.Heading => "cp-heading",
        _ when font == PictureFont.Caption => "cp-caption",
        _ => throw new UnreachableException(),
    };

    private static string Tone(PictureTone tone) => tone switch
    {
        PictureTone.Planned => "is-planned",
        PictureTone.Active => "is-active",
        PictureTone.Waiting => "is-waiting",
        PictureTone.Late => "is-late",
        PictureTone.Done => "is-done",
        PictureTone.Stopped => "is-stopped",
        _ => throw new UnreachableException(),
    };

    private static string Faded(bool faded) => faded ? " is-faded" : "";

    private static string Rect(Area area) => $"x=\"{N(area.X)}\" y=\"{N(area.Y)}\" width=\"{N(area.Width)}\" height=\"{N(area.Height)}\"";

    private static string P(Spot spot) => $"{N(spot.X)} {N(spot.Y)}";

    private static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static string E(string text) => WebUtility.HtmlEncode(TextFit.Clean(text));
}
