using System.Globalization;
using System.Net;
using System.Text;

namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>Writes the pieces that charts are made of. Numbers are written for SVG, texts are escaped; colours are classes, see <c>charts.css</c>.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins a picture with a name and a description for those who don't see it.</summary>
    public Svg(string id, double width, double height, string title, string description, string css)
    {
        Add($"<svg class=\"chart {css}\" role=\"group\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">");
        _text.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">{E(title)}</title><desc id=\"{id}-d\">{E(description)}</desc>");
    }

    /// <summary>Ends it.</summary>
    public override string ToString() => _text + "</svg>";

    public void Line(double x1, double y1, double x2, double y2, string css) => Add($"<line class=\"{css}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");

    public void Rect(double x, double y, double width, double height, string css, string? says = null) =>
        Add($"<rect class=\"{css}\" x=\"{x}\" y=\"{y}\" width=\"{Math.Max(0, width)}\" height=\"{Math.Max(0, height)}\" rx=\"3\">{Title(says)}</rect>");

    public void Circle(double x, double y, double r, string css, string? says = null) => Add($"<circle class=\"{css}\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\">{Title(says)}</circle>");

    public void Text(double x, double y, string text, string css) => Add($"<text class=\"{css}\" x=\"{x}\" y=\"{y}\">{E(text)}</text>");

    /// <summary>A line through points, or an area; <paramref name="path"/> is a path's data made with <see cref="Path"/>.</summary>
    public void Draw(string path, string css, double? width = null, string? says = null)
    {
        var stroke = width is { } w ? $" stroke-width=\"{N(w)}\"" : "";
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{css}\" d=\"{path}\"{stroke}>{Title(says)}</path>");
    }

    /// <summary>Begins a group that is one thing to those who don't see it; a link where it leads somewhere.</summary>
    public void Open(string css, string says, string? href)
    {
        _text.Append(href is null ? $"<g class=\"{css}\" role=\"img\" aria-label=\"{E(says)}\">" : $"<a class=\"{css}\" href=\"{E(href)}\">");
        _text.Append(CultureInfo.InvariantCulture, $"<title>{E(says)}</title>");
    }

    /// <summary>Ends the group.</summary>
    public void Close(string? href) => _text.Append(href is null ? "</g>" : "</a>");

    /// <summary>The data of a line through points.</summary>
    public static string Path(IEnumerable<(double X, double Y)> points) => string.Concat(points.Select((p, i) => $"{(i == 0 ? 'M' : 'L')}{N(p.X)} {N(p.Y)}"));

    /// <summary>The data of a smooth way from left to right.</summary>
    public static string Way(double x1, double y1, double x2, double y2)
    {
        var middle = (x1 + x2) / 2;
        return $"M{N(x1)} {N(y1)}C{N(middle)} {N(y1)} {N(middle)} {N(y2)} {N(x2)} {N(y2)}";
    }

    /// <summary>A number as SVG has it, to a tenth.</summary>
    public static string N(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);

    private void Add(FormattableString piece) =>
        _text.Append(string.Format(CultureInfo.InvariantCulture, piece.Format, [.. piece.GetArguments().Select(a => a is double d ? N(d) : a)]));

    private static string Title(string? says) => says is null ? "" : $"<title>{E(says)}</title>";

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
