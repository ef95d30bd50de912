using Microsoft.AspNetCore.Components;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>What happens elsewhere while this record is open: on other screens of it, and in the stock.</summary>
public sealed partial class SessionRecorder
{
    private SessionScreens.Screen? _screen;

    [Inject] private SessionScreens Screens { get; set; } = default!;

    /// <summary>A recall was given or taken back somewhere, a consent withdrawn, the chart changed: what may be used is read again, and the check with it.</summary>
    private async Task HearNewsAsync()
    {
        if (!_gone.IsCancellationRequested)
        {
            await LoadLotsAsync(Draft);
            await LookAgainAsync();
        }
    }

    /// <summary>
    /// Another screen came, went or saved, or what may be done has changed. What was saved there is shown at once, unless something here is not saved yet: then the two versions are laid side by side.
    /// </summary>
    private async Task HearAsync(bool saved)
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        if (saved)
        {
            await LookAgainAsync();
        }

        StateHasChanged();
    }

    private async Task ShowNewerAsync()
    {
        // A stop is shown also while something here cannot be saved.
        if (!_busy && await ReadAsync() is { } record && _keeper.IsAtRest && record.Draft.Version != Draft.Version)
        {
            Show(record.Draft);
            await CheckAsync();
        }
    }
}
