using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace MesoClinic.Web.Components.Sessions;

/// <summary>
/// On how many screens of this server each session is being recorded: two tablets are told of each other, and of what the other saved. Two screens of two servers hear of each other when the
/// second one saves, by the record's version.
/// </summary>
public sealed class SessionScreens
{
    private readonly ConcurrentDictionary<Guid, ImmutableList<Screen>> open = new();

    /// <summary>A screen that shows the recorder of a session, until it is disposed of.</summary>
    public sealed class Screen(SessionScreens screens, Guid session, Action<bool> heard) : IDisposable
    {
        /// <summary>Other screens on which the same session is open.</summary>
        public int Others => screens.Of(session).Count(other => other != this);

        /// <summary>The others look again.</summary>
        public void Saved() => TellOthers(saved: true);

        public void Dispose()
        {
            if (screens.Close(session, this))
            {
                TellOthers(saved: false);
            }
        }

        internal void TellOthers(bool saved)
        {
            foreach (var other in screens.Of(session).Where(other => other != this))
            {
                other.Hear(saved);
            }
        }

        internal void Hear(bool saved) => heard(saved);
    }

    /// <param name="heard">Called when another screen came or went (false), or saved (true); on any thread.</param>
    public Screen Open(Guid session, Action<bool> heard)
    {
        var screen = new Screen(this, session, heard);
        open.AddOrUpdate(session, [screen], (_, others) => others.Add(screen));
        screen.TellOthers(saved: false);
        return screen;
    }

    /// <summary>Something outside the record changed what may be done: the consent was taken back. All its screens look again.</summary>
    public void Tell(IEnumerable<Guid> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        foreach (var screen in sessions.SelectMany(Of))
        {
            screen.Hear(saved: true);
        }
    }

    private ImmutableList<Screen> Of(Guid session) => open.GetValueOrDefault(session, []);

    /// <summary>The last screen takes the session's entry with it.</summary>
    private bool Close(Guid session, Screen screen)
    {
        while (open.TryGetValue(session, out var screens) && screens.Contains(screen))
        {
            var left = screens.Remove(screen);
            if (left.IsEmpty ? open.TryRemove(new(session, screens)) : open.TryUpdate(session, left, screens))
            {
                return true;
            }
        }

        return false;
    }
}
