using MesoClinic.Application.Patients;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Staff;

/// <summary>Who may hand a person the link to their account.</summary>
internal sealed class LinkAccess(ClinicDbContext db, CurrentUser user, Accounts accounts, PatientAccess patients)
{
    /// <summary>A clinician only for accounts that are nothing but a patient's or guardian's, of patients whose charts they may read.</summary>
    public async Task<bool> MayHandOverAsync(Guid account, CancellationToken token)
    {
        if (user.IsManager)
        {
            return true;
        }

        var roles = await accounts.RolesOfAsync(account, token);
        var records = await db.PatientAccounts.Where(link => link.UserId == account).Select(link => link.PatientId).ToListAsync(token);
        if (roles.Count == 0 || roles.Exists(role => role != ClinicRoles.Patient) || records.Count == 0)
        {
            return false;
        }

        foreach (var patient in records)
        {
            if (!await patients.MayReadChartAsync(patient, token))
            {
                return false;
            }
        }

        return true;
    }
}
