using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Courses;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>The courses of the made-up patients: most run, some are overdue, one is paused, one stopped, a few complete.</summary>
internal static class DemoCourses
{
    private const int UsualSessions = 8;

    public static Course Of(DemoPatient seed, Patient patient, StaffMember practitioner, PlannedTreatment plan, RuleBook book, DateOnly today, DateTime now, DemoIds ids)
    {
        var row = book.Indications[seed.Indication];
        var course = new Course
        {
            Id = ids.Next(),
            PatientId = patient.Id,
            PractitionerId = practitioner.Id,
            Plan = plan,
            Sessions = Math.Max(row.SessionsMin ?? UsualSessions, seed.Next is null ? seed.Sessions : seed.Sessions + 1),
            SessionsAreOwnChoice = row.SessionsMin is null,
            IntervalDaysMin = row.IntervalDaysMin,
            IntervalDaysMax = row.IntervalDaysMax is { } max ? Math.Max(max, 7) : null,
            IntervalIsOwnChoice = row.IntervalDaysMax < 7,
            PlannedById = practitioner.Id,
            PlannedUtc = today.AddDays(-seed.LastSessionDaysAgo - (7 * seed.Sessions) - 3).ToDateTime(new TimeOnly(10, 0), DateTimeKind.Utc),
        };
        switch (seed.GivenName)
        {
            case "Jana":
                course.Pause("Away until September", now.AddDays(-20));
                break;
            case "Martin":
                course.Stop("Takes a blood thinner now", now.AddDays(-30));
                break;
            default:
                course.SessionDone(seed.Sessions, now.AddDays(-seed.LastSessionDaysAgo));
                break;
        }

        return course;
    }

    /// <summary>Who would come sooner: one of each kind of wish.</summary>
    public static WaitlistEntry? WaitOf(DemoPatient seed, Course course, StaffMember practitioner, DateOnly today, DateTime now, DemoIds ids) => seed.GivenName switch
    {
        "Ivy" => Entry(course, practitioner, [], PartOfDay.Afternoon, today, now.AddDays(-4), ids),
        "James" => Entry(course, practitioner, [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday], PartOfDay.Any, today, now.AddDays(-2), ids),
        "Rosa" => Entry(course, practitioner, [], PartOfDay.Morning, today, now.AddDays(-1), ids),
        _ => null,
    };

    private static WaitlistEntry Entry(Course course, StaffMember practitioner, List<DayOfWeek> weekdays, PartOfDay part, DateOnly today, DateTime added, DemoIds ids) => new()
    {
        Id = ids.Next(),
        PatientId = course.PatientId,
        Kind = AppointmentKind.Session,
        CourseId = course.Id,
        Minutes = 40,
        Practitioners = [practitioner.Id],
        Weekdays = weekdays,
        PartOfDay = part,
        From = today,
        Until = today.AddDays(28),
        AddedById = practitioner.Id,
        AddedUtc = added,
    };
}
