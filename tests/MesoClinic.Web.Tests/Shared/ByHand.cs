using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Tests.Shared;

/// <summary>
/// Does what a person does, on pages that also render by themselves: after a timer, a save, news from elsewhere. To find and to act is one step on the page's own thread:
/// a render between the two would give the element another event handler, and the act would meet none.
/// </summary>
internal static class ByHand
{
    /// <summary>Ends as soon as the page has taken it, as in a browser: what it then does with it, for example saves it, may take longer.</summary>
    public static Task EnterAsync<T, TValue>(this IRenderedComponent<T> page, string label, TValue value)
        where T : IComponent =>
        page.InvokeAsync(() => page.Field(label).Change(value));

    /// <summary>One option of a question, or one of several to pick.</summary>
    public static Task ChooseAsync<T, TValue>(this IRenderedComponent<T> page, string group, string option, TValue value)
        where T : IComponent =>
        page.InvokeAsync(() => page.Option(group, option).Change(value));

    /// <summary>Ticks every caution that asks for it.</summary>
    /// <returns>How many they are.</returns>
    public static Task<int> AcknowledgeAsync<T>(this IRenderedComponent<T> page)
        where T : IComponent =>
        page.InvokeAsync(async () =>
        {
            var ticked = 0;
            for (; ticked < page.FindAll(".ack input").Count; ticked++)
            {
                await page.FindAll(".ack input")[ticked].ChangeAsync(true);
            }

            return ticked;
        });

    /// <summary>Ends when what the letters set off, for example a search, is done.</summary>
    public static Task TypeAsync<T>(this IRenderedComponent<T> page, string label, string value)
        where T : IComponent =>
        page.InvokeAsync(() => page.Field(label).InputAsync(value));

    /// <summary>Ends when all is done that the button does.</summary>
    public static Task PressAsync<T>(this IRenderedComponent<T> page, string button)
        where T : IComponent =>
        page.InvokeAsync(() => page.Button(button).ClickAsync());

    /// <summary>Ends when the form is dealt with.</summary>
    public static Task SubmitAsync<T>(this IRenderedComponent<T> page, string form = "form")
        where T : IComponent =>
        page.OnAsync(form, found => found.SubmitAsync());

    /// <summary>Ends with <paramref name="act"/>: what it sets off may go on.</summary>
    public static Task OnAsync<T>(this IRenderedComponent<T> page, string selector, Action<IElement> act)
        where T : IComponent =>
        page.InvokeAsync(() => act(page.Find(selector)));

    /// <summary>Ends when all is done that the page does about it.</summary>
    public static Task OnAsync<T>(this IRenderedComponent<T> page, string selector, Func<IElement, Task> act)
        where T : IComponent =>
        page.InvokeAsync(() => act(page.Find(selector)));
}
