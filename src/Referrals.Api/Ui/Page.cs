using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Referrals.Api.Ui.Pages.Errors;

namespace Referrals.Api.Ui;

/// <summary>A page with what it shows. Endpoints load and decide; the component only shows.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class Page<TModel> : ComponentBase
{
    /// <summary>What the page shows.</summary>
    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;

    /// <summary>The texts.</summary>
    [Inject]
    protected Words W { get; set; } = default!;

    /// <summary>Who looks at it.</summary>
    [Inject]
    protected Visitor Me { get; set; } = default!;
}

/// <summary>Answers with pages.</summary>
public static class Answer
{
    /// <summary>Shows a page.</summary>
    public static IResult With<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?> { [nameof(Page<object>.Model)] = model }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>Shows a form again that has faults (422); nothing typed is lost.</summary>
    public static IResult Invalid<TPage>(object model)
        where TPage : IComponent => With<TPage>(model, StatusCodes.Status422UnprocessableEntity);

    /// <summary>Shows a form again because what it is about has changed meanwhile (409); nothing typed is lost.</summary>
    public static IResult Changed<TPage>(object model)
        where TPage : IComponent => With<TPage>(model, StatusCodes.Status409Conflict);

    /// <summary>Goes to another page after something was done (303), with the key of a sentence that says what.</summary>
    public static IResult Go(string url, string? done = null, params IEnumerable<string> values) => new Redirect(url, done, [.. values]);

    /// <summary>The page for what isn't there, or belongs to another organisation.</summary>
    public static IResult NotFound() => With<ErrorPage>(new ErrorModel(StatusCodes.Status404NotFound), StatusCodes.Status404NotFound);

    private sealed class Redirect(string url, string? done, IReadOnlyList<string> values) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusCodes.Status303SeeOther;

        public Task ExecuteAsync(HttpContext context)
        {
            if (done is not null)
            {
                Notice.Leave(context, done, values);
            }

            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = url;
            return Task.CompletedTask;
        }
    }
}
