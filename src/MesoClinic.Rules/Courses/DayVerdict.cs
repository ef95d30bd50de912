using MesoClinic.Rules.Cases;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Rules.Courses;

/// <summary>Whether a session may take place on a day, and if not, why.</summary>
public sealed record DayVerdict
{
    public static readonly DayVerdict Allowed = new([]);

    private DayVerdict(IReadOnlyList<DayReason> because) => Because = because;

    /// <summary>Empty for a day that is allowed.</summary>
    public IReadOnlyList<DayReason> Because { get; }

    public bool IsAllowed => Because.Count == 0;

    /// <exception cref="ArgumentException">No reason is given.</exception>
    public static DayVerdict Refused(params IReadOnlyList<DayReason> because)
    {
        ArgumentNullException.ThrowIfNull(because);
        return because.Count > 0 ? new DayVerdict(because) : throw new ArgumentException("A refusal needs a reason.", nameof(because));
    }

    /// <summary>
    /// The judge that asks the rule book: a day is refused when a session could not be booked on it, for the reasons that stand in the way. The
    /// interval since the last session, to botulinum toxin, peels, lasers and fillers is read as for any booking.
    /// </summary>
    /// <param name="facts">The patient and the plan of one session; its day, its number and the session before are set for each question.</param>
    public static JudgeDay By(RuleBook book, AssessmentRequest facts)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(facts);
        (int Number, DateOnly? Last, Case Case)? known = null;
        return (day, number, last) =>
        {
            if (known is not { } ready || ready.Number != number || ready.Last != last)
            {
                ready = (number, last, book.Resolve(facts with { Date = day, Plan = facts.Plan with { SessionNumber = number, LastSession = last } }));
                known = ready;
            }
            var assessment = book.Assess(ready.Case.On(day));
            return assessment.Decision < Decision.ModifyPlan
                ? Allowed
                : Refused([.. assessment.Findings.Where(finding => finding.Action >= Decision.ModifyPlan).Select(finding => new DayReason(finding.Title, finding.Because))]);
        };
    }
}

/// <summary>Why a day is refused.</summary>
/// <param name="What">What stands in the way, the same on each day on which it does: "Botulinum toxin within 14 days".</param>
/// <param name="Facts">The facts of the day in words; null where the first says all ("The clinic is closed").</param>
public sealed record DayReason(string What, string? Facts = null);
