using Referrals.Api.Ui.Forms;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Ui.Pages.Review.WhatIf;

/// <summary>What was asked.</summary>
/// <param name="Sight">What the review looks at.</param>
/// <param name="Jobs">Questions, the newest first.</param>
/// <param name="Names">Names for what they change.</param>
/// <param name="Now">The time.</param>
public sealed record WhatIfListModel(ReviewSight Sight, IReadOnlyList<WhatIfJob> Jobs, WhatIfNames Names, DateTimeOffset Now);

/// <summary>The form for a question.</summary>
/// <param name="Sight">What the review looks at.</param>
/// <param name="Draft">The question so far.</param>
/// <param name="Form">The fields of the change that is being added.</param>
/// <param name="Names">Names for what is changed.</param>
public sealed record WhatIfFormModel(ReviewSight Sight, WhatIfDraft Draft, FormInput Form, WhatIfNames Names)
{
    /// <summary>What there is to choose from; null: no chain was chosen yet, or there is too little history.</summary>
    public WhatIfChoices? Choices { get; init; }

    /// <summary>Questions that suggest themselves.</summary>
    public IReadOnlyList<WhatIfSuggestion> Suggestions { get; init; } = [];

    /// <summary>Whether there is too little history to rest on.</summary>
    public bool TooLittle { get; init; }

    /// <summary>The kind of change that is being added, or empty.</summary>
    public string Kind => WhatIfForm.Kinds.Contains(Form[WhatIfForm.Kind]) ? Form[WhatIfForm.Kind] : "";
}

/// <summary>A question and its answer.</summary>
/// <param name="Sight">What the review looks at.</param>
/// <param name="Job">The question.</param>
/// <param name="Names">Names for what it changes and tells of.</param>
/// <param name="IsOwn">Whether the visitor asked.</param>
/// <param name="Now">The time.</param>
public sealed record WhatIfJobModel(ReviewSight Sight, WhatIfJob Job, WhatIfNames Names, bool IsOwn, DateTimeOffset Now);
