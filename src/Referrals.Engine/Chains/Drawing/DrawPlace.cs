namespace Referrals.Engine.Chains.Drawing;

/// <summary>Where something is put in a chain.</summary>
public abstract record DrawPlace
{
    private DrawPlace() { }

    /// <summary>Right before a block.</summary>
    public sealed record Before(NodeId Node) : DrawPlace;

    /// <summary>Right after a block.</summary>
    public sealed record After(NodeId Node) : DrawPlace;

    /// <summary>At the same time as a block, in a lane of its own.</summary>
    public sealed record Beside(NodeId Node) : DrawPlace;

    /// <summary>At the end of what is in a block: of a list, of a part with a frame; in a parallel part a lane more.</summary>
    public sealed record Inside(NodeId Node) : DrawPlace;

    /// <summary>As the last stage.</summary>
    public sealed record AtEnd : DrawPlace;
}
