namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>The parts that look alike in both directions: boxes and words.</summary>
internal static class Blocks
{
    /// <summary>Between a box's edge and its text.</summary>
    public const double Padding = 14;

    private const double StatusGap = 6;

    /// <summary>The box of a step in this width; as high as its text needs.</summary>
    public static Shape.Box Box(PictureNode.Box step, double width)
    {
        var inner = width - 2 * Padding;
        var lines = new List<TextLine>();
        var y = 10.0;
        Put(step.Title, PictureFont.Title, 3);
        Put(step.Partner, PictureFont.Body, 2);
        y += StatusGap;
        Put(step.Status, PictureFont.Status, 2);
        Put(step.Detail, PictureFont.Body, 2);
        Put(step.Who, PictureFont.Body, 1);
        return new Shape.Box(new Area(0, 0, width, y + 12), step, lines);

        void Put(string? text, PictureFont font, int max)
        {
            foreach (var line in TextFit.Lines(text ?? "", font, inner, max))
            {
                lines.Add(new TextLine(line, new Spot(Padding, y + Baseline(font)), font));
                y += font.LineHeight;
            }
        }
    }

    /// <summary>Words in this width; as high as they need, at most four lines.</summary>
    public static Shape.Label Label(string text, PictureFont font, PictureTone tone, double width)
    {
        var lines = TextFit.Lines(text, font, width, 4)
            .Select((line, i) => new TextLine(line, new Spot(0, i * font.LineHeight + Baseline(font)), font))
            .ToList();
        var widest = lines.Select(l => TextFit.Width(l.Text, font)).DefaultIfEmpty(0).Max();
        return new Shape.Label(new Area(0, 0, Math.Min(width, widest), lines.Count * font.LineHeight), text, lines, tone);
    }

    private static double Baseline(PictureFont font) => (font.LineHeight + font.Size * 0.7) / 2;
}
