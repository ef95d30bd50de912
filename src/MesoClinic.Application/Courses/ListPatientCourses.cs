using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Data;

namespace MesoClinic.Application.Courses;

/// <summary>A patient's courses, the open ones first.</summary>
public static class ListPatientCourses
{
    [Requires(Permission.OpenCharts)]
    public sealed record Query(Guid PatientId) : IQuery<IReadOnlyList<CourseRow>>;

    internal sealed class Handler(ClinicDbContext db, PatientAccess access, CourseRows rows) : IRequestHandler<Query, Outcome<IReadOnlyList<CourseRow>>>
    {
        public async Task<Outcome<IReadOnlyList<CourseRow>>> Handle(Query query, CancellationToken token) =>
            await access.ToChartAsync(query.PatientId, nameof(ListPatientCourses), token) is { } refusal
                ? refusal
                : (await rows.OfAsync(db.Courses.Where(c => c.PatientId == query.PatientId), token)).OrderBy(row => row.State).ThenByDescending(row => row.LastSession ?? DateOnly.MaxValue).ToList();
    }
}
