using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Clauses;
using MesoClinic.Rules.Conditions;
using MesoClinic.Rules.Facts;
using MesoClinic.Rules.Knowledge;

namespace MesoClinic.Rules.Aftercare;

/// <summary>What a patient may do now, what not yet, and until when, after one or several sessions.</summary>
/// <param name="Entries">What is not allowed comes first, then what to do, then what is allowed again; the strictest rule first in each.</param>
/// <param name="AllClear">The end of the last ban that ends; null without any.</param>
/// <param name="Milestones">The instants at which bans end, in order of time.</param>
public sealed record AftercareTimeline(IReadOnlyList<TimelineEntry> Entries, DateTimeOffset? AllClear, IReadOnlyList<Milestone> Milestones)
{
    /// <summary>
    /// The aftercare of all sessions together. A row applies unless something known speaks against it: unknown areas, ingredients or facts of the
    /// patient never lift it. Of several sessions the latest end counts. What the patient is known not to tolerate is never recommended, nor
    /// called allowed when a ban on it ends.
    /// </summary>
    /// <param name="sessions">Sessions that were done, in any order.</param>
    /// <param name="at">The instant asked about.</param>
    public static AftercareTimeline For(IReadOnlyList<TreatedSession> sessions, PatientFacts patient, DateTimeOffset at, AftercareBook book)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(book);
        var treated = sessions.OrderBy(session => session.End).Select(session => new Treated(session, book.FactsAt(session, patient))).ToList();
        var entries = book.Rows
            .Select(row => Entry(row, treated, at, book))
            .OfType<TimelineEntry>()
            .OrderBy(entry => entry.Now)
            .ThenByDescending(entry => entry.Until ?? DateTimeOffset.MaxValue)
            .ThenByDescending(entry => entry.Strictness)
            .ThenBy(entry => entry.Id, StringComparer.Ordinal)
            .ToList();
        var milestones = Milestone.Of(entries, book);
        return new AftercareTimeline(entries, milestones.Count == 0 ? null : milestones[^1].At, milestones);
    }

    private static TimelineEntry? Entry(AftercareItem row, List<Treated> sessions, DateTimeOffset at, AftercareBook book)
    {
        var facts = book.FactsOf(row);
        var concerned = sessions.FindAll(treated =>
            book.Concerns(row, treated.Session) && (row.OnlyFor.Count == 0 || treated.Reads(facts.OnlyFor) != Truth.No));
        var unsuitable = concerned.Exists(treated => treated.Reads(facts.NotFor) == Truth.Yes);
        if (concerned.Count == 0 || (row.Do && unsuitable))
        {
            return null;
        }

        var windows = concerned.ConvertAll(treated => Window.Of(row, treated.Session.End));
        var (from, until, now) = row.Do ? Recommendation(windows, at) : Ban(windows, at);
        var words = row.Variant is { } variant && concerned.Exists(treated => treated.Reads(facts.Variant) == Truth.Yes) ? variant.Words : row.Words;
        var entry = new TimelineEntry(
            row.Id, row.Category, row.Do, row.Strictness, from, until, now, words.Subject, words.Hint, words.Text, row.Rationale, row.Sources);
        return unsuitable ? entry with { Until = null, Now = AftercareState.NotAllowed } : entry;
    }

    /// <summary>Bans add up: in force inside any window, ending with the last one.</summary>
    private static (DateTimeOffset From, DateTimeOffset Until, AftercareState Now) Ban(List<Window> windows, DateTimeOffset at)
    {
        var from = windows[^1].From;
        for (var i = windows.Count - 2; i >= 0 && windows[i].Until >= from; i--)
        {
            from = windows[i].From;
        }
        var banned = windows.Exists(window => window.From <= at && at < window.Until);
        return (from, windows[^1].Until, banned ? AftercareState.NotAllowed : AftercareState.Allowed);
    }

    /// <summary>A recommendation starts anew with each session: what was right for the old punctures waits for the fresh ones.</summary>
    private static (DateTimeOffset From, DateTimeOffset Until, AftercareState Now) Recommendation(List<Window> windows, DateTimeOffset at)
    {
        var window = windows.FindLast(candidate => candidate.SessionEnd <= at) ?? windows[0];
        var now = at < window.From ? AftercareState.NotAllowed
            : at < window.Until ? AftercareState.Do
            : AftercareState.Allowed;
        return (window.From, window.Until, now);
    }

    private sealed record Treated(TreatedSession Session, Case Facts)
    {
        public Truth Reads(Clause[] anyOf) => Formula.AnyOf(anyOf, Facts);
    }

    private sealed record Window(DateTimeOffset SessionEnd, DateTimeOffset From, DateTimeOffset Until)
    {
        public static Window Of(AftercareItem row, DateTimeOffset end) => new(end, end.AddHours(row.FromHours), end.AddHours(row.ToHours));
    }
}
