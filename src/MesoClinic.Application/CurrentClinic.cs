using MesoClinic.Data;
using MesoClinic.Domain.Clinics;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application;

/// <summary>The clinic's settings as they were at the first look, read once in an operation. What changes them loads them itself.</summary>
public sealed class CurrentClinic(ClinicDbContext db)
{
    private static readonly PerModel<Func<ClinicDbContext, CancellationToken, Task<Clinic>>> Read = new(() => EF.CompileAsyncQuery((ClinicDbContext db, CancellationToken _) => db.Clinics.AsNoTracking().Single()));

    private Clinic? clinic;

    public async Task<Clinic> GetAsync(CancellationToken token) => clinic ??= await Read.For(db)(db, token);
}
