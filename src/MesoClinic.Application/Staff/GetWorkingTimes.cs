using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Somebody's working hours and the leave still to come.</summary>
public static class GetWorkingTimes
{
    [Requires(Permission.ManageStaff)]
    public sealed record Query(Guid StaffId) : IQuery<Result>;

    /// <param name="Hours">Empty: whenever the clinic is open, which is <paramref name="ClinicHours"/>.</param>
    public sealed record Result(IReadOnlyList<DayHours> Hours, IReadOnlyList<DayHours> ClinicHours, IReadOnlyList<Leave> Leave, DateOnly Today, Guid Version);

    internal sealed class Handler(ClinicDbContext db, ClinicTime time) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var today = await time.TodayAsync(token);
            var member = await db.Staff.AsNoTracking().Where(staff => staff.Id == query.StaffId)
                .Select(staff => new { staff.Hours, staff.Version, Leave = staff.Leave.Where(leave => leave.Until >= today).OrderBy(leave => leave.From).ToList() }).SingleOrDefaultAsync(token);
            return member is null
                ? new Failure.NotFound()
                : new Result(member.Hours, await db.Clinics.AsNoTracking().Select(clinic => clinic.Hours).SingleAsync(token), member.Leave, today, member.Version);
        }
    }
}
