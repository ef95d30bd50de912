using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>What happens in the browser and is no event of its own there (body-map.js, draft.js).</summary>
[EventHandler("onmaptap", typeof(MapTapEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
[EventHandler("ondrafttold", typeof(DraftToldEventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;

/// <summary>The browser has told of a change or a tap; the page answers with its number, so that the browser knows what has arrived.</summary>
public sealed class DraftToldEventArgs : EventArgs
{
    public int Number { get; set; }

    /// <summary>What was tapped while the line was down: it never arrived, and nobody does it again by themselves.</summary>
    public IReadOnlyList<LostTap> Lost { get; set; } = [];
}

/// <param name="Id">A line that is lost again at once tells it twice.</param>
/// <param name="Tap">The words on what was tapped.</param>
public sealed record LostTap(int Id, string Tap);
