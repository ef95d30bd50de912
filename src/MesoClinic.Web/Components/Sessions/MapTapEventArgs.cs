using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>A click on the drawing, in mm of the view however it is zoomed (see body-map.js).</summary>
public sealed class MapTapEventArgs : EventArgs
{
    /// <summary>Null when something clicked that has no place, such as a screen reader.</summary>
    public double? X { get; set; }
    public double? Y { get; set; }

    /// <summary>How far a finger reaches.</summary>
    public double Reach { get; set; }

    /// <summary>The area under it: area and side.</summary>
    public string? Shape { get; set; }
}
