using System.Collections.Concurrent;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>
/// On how many screens of this server each session is being recorded: two tablets are told of each other, and of what the other saved. Two screens of two servers hear of each other when the
/// second one saves, by the record's version.
/// </summary>
public sealed class SessionScreens
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Screen, byte>> open = new();

    /// <summary>A screen that shows the recorder of a session, until it is disposed of.</summary>
    public sealed class Screen(SessionScreens screens, Guid session, Action<bool> heard) : IDisposable
    {
        /// <summary>Other screens on which the same session is open.</summary>
        public int Others => Math.Max(0, screens.Of(session).Count - 1);

        /// <summary>The others look again.</summary>
        public void Saved() => TellOthers(saved: true);

        public void Dispose()
        {
            if (screens.Of(session).TryRemove(this, out _))
            {
                TellOthers(saved: false);
            }
        }

        internal void TellOthers(bool saved)
        {
            foreach (var other in screens.Of(session).Keys.Where(other => other != this))
            {
                other.Hear(saved);
            }
        }

        private void Hear(bool saved) => heard(saved);
    }

    /// <param name="heard">Called when another screen came or went (false), or saved (true); on any thread.</param>
    public Screen Open(Guid session, Action<bool> heard)
    {
        var screen = new Screen(this, session, heard);
        Of(session).TryAdd(screen, 0);
        screen.TellOthers(saved: false);
        return screen;
    }

    private ConcurrentDictionary<Screen, byte> Of(Guid session) => open.GetOrAdd(session, _ => new());
}
