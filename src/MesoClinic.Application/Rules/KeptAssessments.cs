using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>The assessments of one operation. They are kept even when the operation is refused because of them.</summary>
public sealed class KeptAssessments
{
    private readonly List<StoredAssessment> assessments = [];

    public void Add(StoredAssessment assessment) => assessments.Add(assessment);

    public void Clear() => assessments.Clear();

    /// <summary>
    /// After a refusal: the same assessments; an appointment that was rolled back is only a number on them. The rollback may have let go of their records: they are held again, and to one that was signed
    /// in that moment nothing is added. Its assessment stands with the patient.
    /// </summary>
    public async Task<IReadOnlyList<StoredAssessment>> AfterRollbackAsync(ClinicDbContext db, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(db);
        var records = assessments.Select(a => a.SessionId).OfType<Guid>().Distinct().ToList();
        if (records.Count > 0)
        {
            await db.Sessions.Where(s => records.Contains(s.Id)).HoldAsync(token);
            var signed = await db.Sessions.Where(s => records.Contains(s.Id) && s.SignedUtc != null).Select(s => s.Id).ToListAsync(token);
            assessments.FindAll(a => a.SessionId is { } record && signed.Contains(record)).ForEach(a => a.SessionId = null);
        }

        return assessments;
    }
}
