using MesoClinic.Application.Auditing;
using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Domain.Courses;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Courses;

/// <summary>Loads a course for a change, checks access to its patient, and refuses a step that its state does not permit.</summary>
internal sealed class CourseSteps(ClinicDbContext db, PatientAccess access, AuditTrail trail)
{
    public async Task<(Course? Course, Failure? Refusal)> LoadAsync(Guid courseId, string action, CancellationToken token)
    {
        if (await db.Courses.SingleOrDefaultAsync(c => c.Id == courseId, token) is not { } course)
        {
            return (null, new Failure.NotFound());
        }

        if (await access.ToChartAsync(course.PatientId, action, token, course.Id) is { } refusal)
        {
            return (null, refusal);
        }

        trail.Concerns(course.PatientId, course.Id);
        return (course, null);
    }

    public async Task<Outcome<Done>> DoAsync(Guid courseId, string action, Func<Course, bool> may, string otherwise, Func<Course, Task> step, CancellationToken token)
    {
        var (course, refusal) = await LoadAsync(courseId, action, token);
        if (course is null)
        {
            return refusal!;
        }

        if (!may(course))
        {
            return new Failure.Conflict(otherwise);
        }

        await step(course);
        await db.SaveChangesAsync(token);
        return default(Done);
    }
}
