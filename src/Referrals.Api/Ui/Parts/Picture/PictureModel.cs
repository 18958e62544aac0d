using Referrals.Engine;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>How a step's box is coloured. Colour never tells more than the words in the box.</summary>
public enum PictureTone
{
    /// <summary>Nothing happened yet, or a chain without a referral.</summary>
    Planned,

    /// <summary>With a partner, in time.</summary>
    Active,

    /// <summary>Waits for a caseworker.</summary>
    Waiting,

    /// <summary>A deadline has passed.</summary>
    Late,

    /// <summary>Completed.</summary>
    Done,

    /// <summary>Skipped, declined or taken back.</summary>
    Stopped,
}

/// <summary>A part of the picture: the chain's process tree with everything that is known, before anything has a place on paper.</summary>
public abstract record PictureNode
{
    private PictureNode() { }

    /// <summary>A step.</summary>
    /// <param name="Place">Where in the referral; in a preview the place of its first run.</param>
    /// <param name="Tone">How it is coloured.</param>
    /// <param name="Faded">On a way that is not taken.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Partner">With whom it is, or who may get it.</param>
    /// <param name="Status">Where it stands.</param>
    /// <param name="Detail">Due date, outcome or what is to be done; null: nothing to add.</param>
    /// <param name="Who">The person who has it, where one is known.</param>
    /// <param name="Href">Where a click leads; null: nowhere.</param>
    public sealed record Box(
        Place Place, PictureTone Tone, bool Faded, string Title, string Partner, string Status, string? Detail, string? Who, string? Href) : PictureNode
    {
        /// <summary>Everything that the box says, as one sentence; nothing of it is cut off.</summary>
        public string Label => string.Join(", ", new[] { Title, Partner, Status, Detail, Who }.Where(w => !string.IsNullOrEmpty(w)));
    }

    /// <summary>Parts one after the other.</summary>
    public sealed record Row(IReadOnlyList<PictureNode> Parts) : PictureNode;

    /// <summary>Parts beside one another.</summary>
    /// <param name="Caption">The question or the words above them.</param>
    /// <param name="OneOf">One of them is taken; else all.</param>
    /// <param name="Ways">The parts.</param>
    public sealed record Lanes(string Caption, bool OneOf, IReadOnlyList<Lane> Ways) : PictureNode;

    /// <summary>A part with a frame: optional, or repeated.</summary>
    /// <param name="Caption">What the frame says.</param>
    /// <param name="Tone">Waiting where a caseworker has to decide; else Planned.</param>
    /// <param name="Dashed">Not decided yet.</param>
    /// <param name="Loop">Repeated.</param>
    /// <param name="Faded">Left out, or on a way that is not taken.</param>
    /// <param name="Part">What is in it.</param>
    public sealed record Frame(string Caption, PictureTone Tone, bool Dashed, bool Loop, bool Faded, PictureNode Part) : PictureNode;
}

/// <summary>One of several parts beside one another.</summary>
/// <param name="Caption">The condition in words; null: none.</param>
/// <param name="Faded">Another one was taken.</param>
/// <param name="Part">The part; null: nothing happens on this way.</param>
public sealed record Lane(string? Caption, bool Faded, PictureNode? Part);

/// <summary>A row of the table that says the same as the picture.</summary>
/// <param name="Place">Where in the referral.</param>
/// <param name="Step">Title of the step.</param>
/// <param name="Path">The branches, rounds and optional parts that it lies in, outermost first.</param>
/// <param name="Partner">With whom it is, or who may get it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Detail">Due date, outcome or what is to be done.</param>
/// <param name="Who">The person who has it.</param>
/// <param name="Href">Where a click leads; null: nowhere.</param>
public sealed record PictureRow(
    Place Place, string Step, IReadOnlyList<string> Path, string Partner, string Status, string? Detail, string? Who, string? Href);

/// <summary>A chain ready to be drawn.</summary>
/// <param name="Title">Name of the picture.</param>
/// <param name="Summary">The way through the chain in a sentence.</param>
/// <param name="Root">What is drawn; null when it is too large for a picture.</param>
/// <param name="TooLarge">The sentence that stands in place of a picture; null: there is one.</param>
/// <param name="Rows">The table.</param>
public sealed record PictureModel(string Title, string Summary, PictureNode? Root, string? TooLarge, IReadOnlyList<PictureRow> Rows);
