using System.Text.Json;
using MediatR;
using MesoClinic.Data;
using MesoClinic.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Assesses a plan for a patient whom another program describes. Nothing of it is kept.</summary>
public static class AssessPlan
{
    [Requires(Permission.UseApi)]
    public sealed record Query(JsonElement Body) : IQuery<Assessment>;

    internal sealed class Handler(ClinicDbContext db, CurrentRuleBook books) : IRequestHandler<Query, Outcome<Assessment>>
    {
        public async Task<Outcome<Assessment>> Handle(Query query, CancellationToken token)
        {
            var book = await books.RefreshAsync(db, token);
            var problems = new RequestProblems();
            var clinics = await db.Clinics.AsNoTracking().Select(clinic => clinic.Hemisphere).SingleAsync(token);
            var request = new AssessmentReader(book, problems).Read(query.Body, clinics);
            return problems.Any ? problems.ToFailure() : book.Assess(request);
        }
    }
}
