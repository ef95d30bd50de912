using MediatR;
using MesoClinic.Data;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

public static class GetReminders
{
    [Requires(Permission.ManageClinic)]
    public sealed record Query : IQuery<Result>;

    public sealed record Result(Reminders Reminders, Guid Version);

    internal sealed class Handler(ClinicDbContext db) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token) =>
            await db.Clinics.AsNoTracking().Select(clinic => new Result(clinic.Reminders, clinic.Version)).SingleAsync(token);
    }
}
