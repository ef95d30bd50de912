using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>Other screens on which the same record is open.</summary>
public sealed partial class SessionRecorder
{
    private SessionScreens.Screen? _screen;

    [Inject] private SessionScreens Screens { get; set; } = default!;

    /// <summary>Another screen came, went or saved. What was saved there is shown at once, unless something here is not saved yet: then the two versions are laid side by side.</summary>
    private async Task HearAsync(bool saved)
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        if (saved && IsSaved && _waiting is null && !_busy)
        {
            await OnReload.InvokeAsync();
            return;
        }

        StateHasChanged();
    }
}
