using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Tests.Shared;

/// <summary>Finds what a person finds: fields by their label, buttons by their words.</summary>
internal static class ByLabel
{
    public static IElement Field<T>(this IRenderedComponent<T> page, string label)
        where T : IComponent =>
        page.Find("#" + page.FindAll("label[for]").Single(element => Words(element) == label).GetAttribute("for"));

    /// <summary>One option of a question, or one of several to pick.</summary>
    public static IElement Option<T>(this IRenderedComponent<T> page, string group, string text)
        where T : IComponent =>
        page.FindAll("fieldset").Single(fieldset => Words(fieldset.QuerySelector("legend")!) == group).QuerySelectorAll("label").Single(label => Words(label) == text).QuerySelector("input")!;

    public static IElement Button<T>(this IRenderedComponent<T> page, string text)
        where T : IComponent =>
        page.FindAll("button").Single(button => Words(button).StartsWith(text, StringComparison.Ordinal));

    /// <summary>What a screen reader adds to a field: its unit, hint and error.</summary>
    public static string Described<T>(this IRenderedComponent<T> page, IElement field)
        where T : IComponent =>
        string.Join(' ', (field.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => page.Find("#" + id).TextContent.Trim()));

    private static string Words(IElement element) => element.TextContent.Replace("(optional)", "", StringComparison.Ordinal).Trim();
}
