using MediatR;
using MesoClinic.Application.Auditing;
using MesoClinic.Data;
using MesoClinic.Domain.Patients;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Patients;

/// <summary>Who is registered with the same name, in any order and spelling of accents, and the same date of birth.</summary>
public static class FindDuplicates
{
    [Requires(Permission.FindPatients)]
    public sealed record Query(string GivenName, string FamilyName, DateOnly BirthDate) : IQuery<IReadOnlyList<Row>>;

    public sealed record Row(Guid Id, string Name, DateOnly BirthDate, string? Phone, string? Email);

    internal sealed class Handler(ClinicDbContext db, AuditTrail trail) : IRequestHandler<Query, Outcome<IReadOnlyList<Row>>>
    {
        public async Task<Outcome<IReadOnlyList<Row>>> Handle(Query query, CancellationToken token)
        {
            trail.Record(nameof(FindDuplicates), "Done");
            var found = await Duplicates.OfAsync(db, query.GivenName, query.FamilyName, query.BirthDate, token);
            return found.ConvertAll(patient => new Row(patient.Id, patient.FullName, patient.BirthDate, patient.Phone, patient.Email));
        }
    }
}

internal static class Duplicates
{
    public static async Task<List<Patient>> OfAsync(ClinicDbContext db, string givenName, string familyName, DateOnly birthDate, CancellationToken token, Guid? except = null)
    {
        var name = SearchText.SameName(givenName, familyName);
        var sameDay = await db.Patients.AsNoTracking().Where(patient => patient.BirthDate == birthDate && patient.Id != except).ToListAsync(token);
        return [.. sameDay.Where(patient => SearchText.SameName(patient.GivenName, patient.FamilyName) == name)];
    }
}
