using MesoClinic.Domain;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MesoClinic.Data.Configurations;

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.Property(p => p.Name).HasMaxLength(Limits.Name);
        product.HasIndex(p => p.Name).IsUnique();
        product.Property(p => p.Gtin).HasMaxLength(14);
        product.HasIndex(p => p.Gtin).IsUnique().HasFilter("Gtin IS NOT NULL");
        product.Property(p => p.Ingredients).AsJson();
        product.Property(p => p.LabelFreeOf).AsJson();
    }
}

internal sealed class LotConfiguration : IEntityTypeConfiguration<Lot>
{
    public void Configure(EntityTypeBuilder<Lot> lot)
    {
        lot.HasOne(l => l.Product).WithMany().HasForeignKey(l => l.ProductId).OnDelete(DeleteBehavior.Restrict);
        lot.Property(l => l.Number).HasMaxLength(Limits.Code);
        lot.Property(l => l.NumberKey).HasMaxLength(Limits.Code);
        lot.HasIndex(l => new { l.ProductId, l.NumberKey }).IsUnique();
        lot.HasIndex(l => l.ExpiresOn);
        lot.Ignore(l => l.AmpoulesFree);
        lot.ToTable("Lots", table =>
        {
            table.HasCheckConstraint("CK_Lots_AmpoulesLeft", "AmpoulesLeft >= 0");
            table.HasCheckConstraint("CK_Lots_AmpoulesOpen", "AmpoulesOpen >= 0 AND AmpoulesOpen <= AmpoulesLeft");
        });
    }
}

internal sealed class StockMovementConfiguration : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> movement)
    {
        movement.HasOne<Lot>().WithMany().HasForeignKey(m => m.LotId).OnDelete(DeleteBehavior.Restrict);
        movement.HasOne<StaffMember>().WithMany().HasForeignKey(m => m.ById).OnDelete(DeleteBehavior.Restrict);
        movement.HasOne<Domain.Sessions.Session>().WithMany().HasForeignKey(m => m.SessionId).OnDelete(DeleteBehavior.Restrict);
        movement.ToTable("StockMovements", table => table.HasTrigger("StockMovements_append_only"));
    }
}

internal sealed class LotRecallConfiguration : IEntityTypeConfiguration<LotRecall>
{
    public void Configure(EntityTypeBuilder<LotRecall> recall)
    {
        recall.HasOne(r => r.Lot).WithMany().HasForeignKey(r => r.LotId).OnDelete(DeleteBehavior.Restrict);
        recall.HasOne<StaffMember>().WithMany().HasForeignKey(r => r.RecalledById).OnDelete(DeleteBehavior.Restrict);
        recall.HasOne<StaffMember>().WithMany().HasForeignKey(r => r.LiftedById).OnDelete(DeleteBehavior.Restrict);
        recall.HasIndex(r => r.LotId).IsUnique().HasFilter("LiftedUtc IS NULL").HasDatabaseName("IX_LotRecalls_standing");
        recall.HasIndex(r => new { r.LotId, r.RecalledUtc });
        recall.ToTable("LotRecalls", table => table.HasTrigger("LotRecalls_given"));
    }
}

internal sealed class RecallContactConfiguration : IEntityTypeConfiguration<RecallContact>
{
    public void Configure(EntityTypeBuilder<RecallContact> contact)
    {
        contact.HasOne<LotRecall>().WithMany().HasForeignKey(c => c.RecallId).OnDelete(DeleteBehavior.Restrict);
        contact.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId).OnDelete(DeleteBehavior.Restrict);
        contact.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.ById).OnDelete(DeleteBehavior.Restrict);
        contact.ToTable("RecallContacts", table => table.HasTrigger("RecallContacts_append_only"));
    }
}

internal sealed class RecipeConfiguration : IEntityTypeConfiguration<Recipe>
{
    public void Configure(EntityTypeBuilder<Recipe> recipe)
    {
        recipe.Property(r => r.Name).HasMaxLength(Limits.Name);
        recipe.Property(r => r.Lines).AsJson();
        recipe.HasOne<StaffMember>().WithMany().HasForeignKey(r => r.OwnerId).OnDelete(DeleteBehavior.Restrict);
        recipe.HasIndex(r => new { r.OwnerId, r.Name }).IsUnique().HasFilter("OwnerId IS NOT NULL").HasDatabaseName("IX_Recipes_own");
        recipe.HasIndex(r => r.Name).IsUnique().HasFilter("OwnerId IS NULL").HasDatabaseName("IX_Recipes_clinic");
    }
}
