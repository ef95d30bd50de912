using MesoClinic.Data;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Rules;

/// <summary>Who answers for the rule book as its responsible physician: an active member of staff qualified as physician or dermatologist.</summary>
public sealed class RulePhysician(ClinicDbContext db, CurrentUser user)
{
    public Task<bool> IsItAsync(CancellationToken token) =>
        db.Staff.AnyAsync(member => member.Id == user.Id && member.IsActive && (member.Qualification == Qualification.Physician || member.Qualification == Qualification.Dermatologist), token);
}
