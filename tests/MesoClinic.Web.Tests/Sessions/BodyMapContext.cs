using Bunit;
using MesoClinic.Application.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>The map alone, with a draft of its own and nothing on it but the areas that are named.</summary>
public abstract class BodyMapContext : BunitContext
{
    private protected static readonly SessionKnowledge Knowledge = new(TestClinic.Book.Value);
    private protected readonly SaveSessionDraft.Command _draft = new() { Technique = "tech-nappage", VolumePerInjectionMl = 0.014m };
    private protected int _changes;

    private protected (IRenderedComponent<BodyMap> Map, MapEditor Editor) Open(params string[] areas) => Open(areas, []);

    private protected (IRenderedComponent<BodyMap> Map, MapEditor Editor) Open(string[] areas, IReadOnlyList<ListEarlierMaps.Map> earlier)
    {
        _draft.Areas = [.. areas];
        var editor = new MapEditor(_draft);
        return (Render<BodyMap>(p => p.Add(m => m.Editor, editor).Add(m => m.Earlier, earlier).Add(m => m.OnChanged, () => _changes++).AddCascadingValue(Knowledge)), editor);
    }

    private protected static AngleSharp.Dom.IElement Chip(IRenderedComponent<BodyMap> map, string name) => map.FindAll("[aria-label='Chosen areas'] button").Single(chip => chip.QuerySelector("b")!.TextContent == name);

    private protected static List<string> Chips(IRenderedComponent<BodyMap> map)
    {
        map.Render();
        return [.. map.FindAll("[aria-label='Chosen areas'] button").Select(chip => chip.TextContent)];
    }
}
